using CsCheck;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Health;

namespace InferenceBroker.Domain.Tests.Health;

/// <summary>Whatever happens in whatever order, a breaker keeps its promises.</summary>
public sealed class CircuitBreakerPropertyTests
{
    private static readonly Gen<(int Action, int Milliseconds, double Random)[]> Sequences = Gen.Select(
        Gen.Int[0, 9],
        Gen.Int[0, 12_000],
        Gen.Double[0, 1]
    ).Array[1, 300];

    [Fact]
    public void It_moves_by_its_table_only() =>
        Sequences.Sample(sequence =>
        {
            var breaker = new CircuitBreaker(BreakerSettings.Default);
            var now = Calls.Start;
            foreach (var (action, milliseconds, random) in sequence)
            {
                now = now.AddMilliseconds(milliseconds);
                var before = breaker.State;
                Act(breaker, action, now, random);
                if (!IsReachable(before, breaker.State))
                {
                    return false;
                }
            }

            return true;
        });

    [Fact]
    public void There_is_never_a_second_probe_and_never_a_call_beside_it() =>
        Sequences.Sample(sequence =>
        {
            var breaker = new CircuitBreaker(BreakerSettings.Default);
            var now = Calls.Start;
            foreach (var (action, milliseconds, random) in sequence)
            {
                now = now.AddMilliseconds(milliseconds);
                Act(breaker, action, now, random);
                breaker.Advance(now, random);
                var mayProbe = breaker.State == BreakerState.HalfOpen;
                if (breaker.State is BreakerState.Open or BreakerState.HalfOpen or BreakerState.Probing)
                {
                    if (breaker.TryAdmit(0, 100, isScaled: true, now) || breaker.RampShare > 0)
                    {
                        return false;
                    }

                    if (breaker.TryBeginProbe(now, random) != mayProbe || breaker.TryBeginProbe(now, random))
                    {
                        return false;
                    }
                }
            }

            return true;
        });

    [Fact]
    public void It_never_stays_shut_when_the_endpoint_is_well_again() =>
        Sequences.Sample(sequence =>
        {
            var breaker = new CircuitBreaker(BreakerSettings.Default);
            var now = Calls.Start;
            foreach (var (action, milliseconds, random) in sequence)
            {
                now = now.AddMilliseconds(milliseconds);
                Act(breaker, action, now, random);
            }

            // The longest wait with its jitter, a lost probe, the ramp: 10 min are enough.
            for (var second = 0; second < 600; second++)
            {
                now = now.AddSeconds(1);
                breaker.TryBeginProbe(now, 0.5);
                breaker.Record(Calls.Good(now), null, 0.5);
            }

            return breaker.State == BreakerState.Closed;
        });

    private static void Act(CircuitBreaker breaker, int action, DateTimeOffset now, double random)
    {
        switch (action)
        {
            case < 4:
                breaker.Record(Calls.Bad(now, seconds: random * 20), null, random);
                break;
            case < 7:
                breaker.Record(Calls.Good(now, seconds: random * 20), null, random);
                break;
            case 7:
                breaker.Record(Calls.Ended(FailureClass.WorkerLost, now), null, random);
                break;
            case 8:
                breaker.TryBeginProbe(now, random);
                break;
            default:
                breaker.Advance(now, random);
                break;
        }
    }

    // A step may let time pass before it acts: up to two moves.
    private static bool IsReachable(BreakerState from, BreakerState to) =>
        Enum.GetValues<BreakerEvent>()
            .Select(happened => BreakerTable.After(from, happened))
            .SelectMany(middle => Enum.GetValues<BreakerEvent>().Select(happened => BreakerTable.After(middle, happened)))
            .Contains(to);
}
