using static InferenceBroker.Domain.Health.BreakerState;

namespace InferenceBroker.Domain.Health;

/// <summary>The moves of a circuit breaker, total: a pair that changes nothing is late or repeated news, and says so by staying.</summary>
public static class BreakerTable
{
    // csharpier-ignore
    private static readonly BreakerState[,] Next =
    {
        //               Tripped WaitEnded   ProbeBegan  ProbeSucceeded ProbeFailed ProbeLost   RampEnded
        /* Closed     */ { Open, Closed,     Closed,     Closed,        Closed,     Closed,     Closed },
        /* Open       */ { Open, HalfOpen,   Open,       Open,          Open,       Open,       Open },
        /* HalfOpen   */ { HalfOpen, HalfOpen, Probing,  HalfOpen,      HalfOpen,   HalfOpen,   HalfOpen },
        /* Probing    */ { Probing, Probing, Probing,    Recovering,    Open,       HalfOpen,   Probing },
        /* Recovering */ { Open, Recovering, Recovering, Recovering,    Recovering, Recovering, Closed },
    };

    public static BreakerState After(BreakerState state, BreakerEvent happened) => Next[(int)state, (int)happened];
}
