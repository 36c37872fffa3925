using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Health;

/// <summary>
/// What is known of an endpoint: its measures, its breaker, what is parked, what the operator wants. Reads are as of the last
/// <see cref="Record"/> or <see cref="Advance"/>. Not thread safe.
/// </summary>
public sealed class EndpointHealth(EndpointId id, ProviderHealth provider, KeyHealth key, HealthSettings settings) : IEndpointMeasures
{
    private const string PassThrough = "*";

    private readonly CallWindow _minute = new(10, TimeSpan.FromSeconds(6));
    private readonly CallWindow _fiveMinutes = new(10, TimeSpan.FromSeconds(30));
    private readonly CallWindow _hour = new(12, TimeSpan.FromMinutes(5));
    private readonly TokenCounter _tokens = new();
    private readonly PeakEwma _firstToken = new(settings.PeakDecay);
    private readonly PeakEwma _perToken = new(settings.PeakDecay);

    public EndpointId Id { get; } = id;

    public ProviderHealth Provider { get; } = provider;

    public KeyHealth Key { get; } = key;

    public CircuitBreaker Breaker { get; } = new(settings.Breaker);

    /// <summary>What is parked of this key and model.</summary>
    public ParkingPlace Parking { get; } = new(settings.Parking.TryLimit);

    public OperatorState Operator { get; set; }

    /// <summary>Seconds, a peak-sensitive average; 0 when unknown.</summary>
    public double TimeToFirstToken => _firstToken.Value;

    /// <summary>Seconds, a peak-sensitive average; 0 when unknown.</summary>
    public double SecondsPerOutputToken => _perToken.Value;

    public double ErrorShareLastMinute => _minute.BadShare;

    public double ErrorShareLastFiveMinutes => _fiveMinutes.BadShare;

    public double ErrorShareLastHour => _hour.BadShare;

    /// <summary>The part of its usual work that it should get, 0 to 1: the ramp's step, shrunk by its success where it is degraded.</summary>
    public double Share => Breaker.RampShare * Breaker.SuccessShare;

    /// <summary>Seconds to the first token in the last minute.</summary>
    public LatencyHistogram FirstTokens { get; } = new();

    /// <summary>Seconds for each output token in the last minute.</summary>
    public LatencyHistogram PerToken { get; } = new();

    /// <summary>Calls that ended in the last minute, but for those that say nothing about the endpoint.</summary>
    public int CallsLastMinute => _minute.Calls;

    public long TokensLastMinute => _tokens.LastMinute;

    /// <summary>What was queued there shall come back: the operator wants no more work there.</summary>
    public bool RecallsQueued =>
        Provider.Operator != OperatorState.Active || Key.Operator != OperatorState.Active || Operator != OperatorState.Active;

    public Availability Availability(DateTimeOffset now)
    {
        if (RecallsQueued)
        {
            return IsDraining ? Health.Availability.Draining : Health.Availability.Paused;
        }

        if (Key.Parking.IsParked(now) || Parking.IsParked(now))
        {
            return Key.Parking.IsParked(now) ? Health.Availability.KeyParked : Health.Availability.ModelParked;
        }

        return Breaker switch
        {
            { PassesCalls: true } => Health.Availability.Available,
            { WantsProbe: true } => Health.Availability.ProbeOnly,
            _ => Health.Availability.Open,
        };
    }

    /// <summary>Asks for an ordinary call that a policy would give to this endpoint; see <see cref="CircuitBreaker.TryAdmit"/>.</summary>
    public bool TryAdmit(int inFlight, int limit, bool isScaled, DateTimeOffset now) => Breaker.TryAdmit(inFlight, limit, isScaled, now);

    /// <summary>To be told of each dispatch, probes too: a parked key's one try is taken.</summary>
    public void NoteDispatch(DateTimeOffset now)
    {
        Key.Parking.NoteCall(now);
        Parking.NoteCall(now);
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="random">A number from 0 to 1.</param>
    public void Advance(DateTimeOffset now, double random)
    {
        Breaker.Advance(now, random);
        _minute.Advance(now);
        _fiveMinutes.Advance(now);
        _hour.Advance(now);
        _tokens.Advance(now);
        FirstTokens.Advance(now);
        PerToken.Advance(now);
        _firstToken.Advance(now);
        _perToken.Advance(now);
    }

    /// <summary>Learns from a call that ended.</summary>
    /// <param name="random">A number from 0 to 1.</param>
    public void Record(in EndedCall call, double random)
    {
        Park(call);
        var verdict = CallVerdicts.Of(call.Failure);
        if (verdict != CallVerdict.Neutral)
        {
            var isError = verdict == CallVerdict.Error;
            _minute.Add(isError, call.EndedAt);
            _fiveMinutes.Add(isError, call.EndedAt);
            _hour.Add(isError, call.EndedAt);
        }

        Measure(call);
        Breaker.Record(call, Breaker.UsualErrors(_hour), random);
    }

    private bool IsDraining =>
        Provider.Operator == OperatorState.Draining || Key.Operator == OperatorState.Draining || Operator == OperatorState.Draining;

    private void Park(in EndedCall call)
    {
        switch (call.Failure)
        {
            case FailureClass.Quota when settings.Parking.ParksKeys:
                Key.Parking.Park(ParkingReason.Quota, call.EndedAt, settings.Parking.Quota);
                break;
            case FailureClass.Credential when settings.Parking.ParksKeys:
                Key.Parking.Park(ParkingReason.Credential, call.EndedAt, time: null);
                break;
            // A pass-through endpoint has many models: one that is missing says nothing about the others.
            case FailureClass.ModelUnavailable when Id.Model != PassThrough:
                Parking.Park(ParkingReason.ModelUnavailable, call.EndedAt, settings.Parking.ModelUnavailable);
                break;
            case FailureClass.None:
                Unpark(Key.Parking, call);
                Unpark(Parking, call);
                break;
        }
    }

    // A success from before the parking is late news.
    private static void Unpark(ParkingPlace place, in EndedCall call)
    {
        if (place.Current is { } parking && call.StartedAt > parking.Since)
        {
            place.Unpark();
        }
    }

    private void Measure(in EndedCall call)
    {
        _tokens.Add((long)call.InputTokens + call.OutputTokens, call.EndedAt);
        if (call.Failure != FailureClass.None)
        {
            return;
        }

        var first = call.FirstToken ?? call.EndedAt - call.StartedAt;
        FirstTokens.Add(first.TotalSeconds, call.EndedAt);
        _firstToken.Add(first.TotalSeconds, call.EndedAt);

        // Where no first token was seen the whole answer came at once: its time says nothing about single tokens.
        if (call.FirstToken is not null && call.OutputTokens > 1)
        {
            var perToken = (call.EndedAt - call.StartedAt - first).TotalSeconds / (call.OutputTokens - 1);
            PerToken.Add(perToken, call.EndedAt);
            _perToken.Add(perToken, call.EndedAt);
        }
    }
}
