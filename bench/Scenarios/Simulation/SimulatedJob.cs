using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Scenarios.Simulation;

/// <summary>A job with what it will need, which nobody knows before it has run, and what became of it.</summary>
internal sealed class SimulatedJob
{
    public required Guid Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string Model { get; init; } = "m";

    /// <summary>The route that a rule chose; null: the model's own.</summary>
    public string? Route { get; init; }

    public int Tenant { get; init; } = 1;

    public Lane Lane { get; init; } = Lane.Standard;

    public DateTimeOffset? Deadline { get; init; }

    public int InputTokens { get; init; } = 200;

    /// <summary>What the answer will have.</summary>
    public int OutputTokens { get; init; } = 200;

    /// <summary>What the request allows; null: it does not say.</summary>
    public int? MaxTokens { get; init; }

    public long Fence { get; set; }

    public int AttemptsSpent { get; set; }

    public int Calls { get; set; }

    public List<string> Tried { get; } = [];

    /// <summary>When the call began that answered it.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When it was answered, or failed for good; null while it waits or runs.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public bool HasFailed { get; set; }

    /// <summary>The endpoint that answered it.</summary>
    public string Endpoint { get; set; } = "";

    public bool IsAnswered => EndedAt is not null && !HasFailed;

    public TimeSpan Wait => StartedAt - CreatedAt;

    public TimeSpan Took => (EndedAt ?? DateTimeOffset.MaxValue) - CreatedAt;

    public int Tokens => InputTokens + OutputTokens;
}
