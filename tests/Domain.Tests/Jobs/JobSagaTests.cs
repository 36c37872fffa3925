using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Tests.Jobs;

public sealed class JobSagaTests
{
    private static readonly JobState[] States = Enum.GetValues<JobState>();

    [Fact]
    public void Every_event_of_the_alphabet_is_in_the_tests() =>
        typeof(JobEvent)
            .GetNestedTypes()
            .Where(t => t.IsSubclassOf(typeof(JobEvent)))
            .ShouldBe(SagaEvents.All.Select(e => e.GetType()).Distinct(), ignoreOrder: true);

    [Fact]
    public void Every_pair_of_state_and_event_is_decided()
    {
        foreach (var (state, happened) in Pairs())
        {
            Should.NotThrow(() => JobSaga.Decide(state, happened), $"{state}, {SagaEvents.NameOf(happened)}");
        }
    }

    [Fact]
    public void Nothing_leaves_a_terminal_state() =>
        Pairs().Where(p => p.State.IsTerminal()).ShouldAllBe(p => JobSaga.Decide(p.State, p.Event).Next == p.State);

    [Fact]
    public void What_does_not_move_keeps_its_state() =>
        Pairs()
            .Select(p => (p.State, Answer: JobSaga.Decide(p.State, p.Event)))
            .ShouldAllBe(p => p.Answer.Moved || p.Answer.Next == p.State);

    [Fact]
    public void Whoever_reaches_a_terminal_state_notifies() =>
        Moves().Where(m => m.Answer.Next.IsTerminal()).ShouldAllBe(m => m.Answer.Commands.Contains(JobCommand.Notify));

    [Fact]
    public void Whoever_leaves_an_endpoint_settles() =>
        Moves().ShouldAllBe(m => (HoldsCredit(m.State) && !HoldsCredit(m.Answer.Next)) == m.Answer.Commands.Contains(JobCommand.Settle));

    [Fact]
    public void Whoever_comes_back_to_the_queue_is_requeued() =>
        Moves().ShouldAllBe(m => (m.Answer.Next == JobState.Queued) == m.Answer.Commands.Contains(JobCommand.Requeue));

    [Fact]
    public void A_running_job_may_finish_after_its_deadline() =>
        JobSaga.Decide(JobState.Running, new JobEvent.DeadlinePassed()).Next.ShouldBe(JobState.Running);

    private static bool HoldsCredit(JobState state) => state is JobState.Dispatched or JobState.Running;

    private static IEnumerable<(JobState State, JobEvent Event)> Pairs() => States.SelectMany(s => SagaEvents.All.Select(e => (s, e)));

    private static IEnumerable<(JobState State, Transition Answer)> Moves() =>
        Pairs().Select(p => (p.State, Answer: JobSaga.Decide(p.State, p.Event))).Where(p => p.Answer.Moved);
}
