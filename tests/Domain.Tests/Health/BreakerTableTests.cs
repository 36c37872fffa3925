using InferenceBroker.Domain.Health;

namespace InferenceBroker.Domain.Tests.Health;

public sealed class BreakerTableTests
{
    // csharpier-ignore
    private static readonly (BreakerState From, BreakerEvent Happened, BreakerState To)[] Moves =
    [
        (BreakerState.Closed, BreakerEvent.Tripped, BreakerState.Open),
        (BreakerState.Open, BreakerEvent.WaitEnded, BreakerState.HalfOpen),
        (BreakerState.HalfOpen, BreakerEvent.ProbeBegan, BreakerState.Probing),
        (BreakerState.Probing, BreakerEvent.ProbeSucceeded, BreakerState.Recovering),
        (BreakerState.Probing, BreakerEvent.ProbeFailed, BreakerState.Open),
        (BreakerState.Probing, BreakerEvent.ProbeLost, BreakerState.HalfOpen),
        (BreakerState.Recovering, BreakerEvent.Tripped, BreakerState.Open),
        (BreakerState.Recovering, BreakerEvent.RampEnded, BreakerState.Closed),
    ];

    [Fact]
    public void These_moves_and_no_others_exist()
    {
        var moves =
            from state in Enum.GetValues<BreakerState>()
            from happened in Enum.GetValues<BreakerEvent>()
            let after = BreakerTable.After(state, happened)
            where after != state
            select (state, happened, after);

        moves.ShouldBe(Moves, ignoreOrder: true);
    }
}
