using CsCheck;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Tests.Jobs;

public sealed class JobSagaPropertyTests
{
    // An event of an attempt names the current fence, or an older one: a late or repeated message.
    private static readonly Gen<(JobEvent Event, int Age)[]> Sequences = Gen.Select(
        Gen.Int[0, SagaEvents.All.Count - 1].Select(i => SagaEvents.All[i]),
        Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 3]))
    ).Array[1, 80];

    [Fact]
    public void A_job_ends_at_most_once_and_stays_ended() =>
        Sequences.Sample(sequence =>
        {
            var row = new SagaRow();
            JobState? end = null;
            foreach (var (happened, age) in sequence)
            {
                row.Apply(happened, row.Fence - age);
                end ??= row.State.IsTerminal() ? row.State : null;
                (end is null || row.State == end).ShouldBeTrue();
            }

            row.Ends.ShouldBe(end is null ? 0 : 1);
        });

    [Fact]
    public void Fences_only_grow() =>
        Sequences.Sample(sequence =>
        {
            var row = new SagaRow();
            foreach (var (happened, age) in sequence)
            {
                var before = row.Fence;
                row.Apply(happened, before - age);
                row.Fence.ShouldBeGreaterThanOrEqualTo(before);
            }

            row.Dispatched.ShouldBe(row.Dispatched.Distinct().Order());
        });

    [Fact]
    public void Every_dispatch_is_settled_once_when_it_is_over_and_not_before() =>
        Sequences.Sample(sequence =>
        {
            var row = new SagaRow();
            foreach (var (happened, age) in sequence)
            {
                row.Apply(happened, row.Fence - age);
                var open = row.State is JobState.Dispatched or JobState.Running ? 1 : 0;
                row.Settled.Count.ShouldBe(row.Dispatched.Count - open);
            }

            row.Settled.ShouldBe(row.Dispatched.Take(row.Settled.Count));
        });

    [Fact]
    public void A_message_with_an_old_fence_changes_nothing() =>
        Sequences.Sample(sequence =>
        {
            var row = new SagaRow();
            foreach (var (happened, age) in sequence)
            {
                var (state, fence) = (row.State, row.Fence);
                row.Apply(happened, row.Fence - age);
                if (age > 0 && SagaEvents.IsOfAttempt(happened))
                {
                    (row.State, row.Fence).ShouldBe((state, fence));
                }
            }
        });
}
