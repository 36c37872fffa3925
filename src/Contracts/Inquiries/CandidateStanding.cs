namespace InferenceBroker.Contracts.Inquiries;

/// <summary>An endpoint as a decision sees it.</summary>
public sealed record CandidateStanding
{
    /// <summary><c>provider/key/model</c>.</summary>
    public string Endpoint { get; init; } = "";

    public bool Picked { get; init; }

    /// <summary>It can serve the job and has not failed it.</summary>
    public bool Eligible { get; init; }

    /// <summary>It has room for the job within every limit.</summary>
    public bool Credit { get; init; }

    /// <summary>What stands against it, or null.</summary>
    public string? Reason { get; init; }

    public int InFlight { get; init; }

    /// <summary>Null: no limit.</summary>
    public int? Limit { get; init; }

    public int Weight { get; init; }

    /// <summary>How much of its usual share health allows, 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>Null where the policy does not rate, or did not rate this one.</summary>
    public CandidateScore? Score { get; init; }
}
