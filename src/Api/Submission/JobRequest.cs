using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Api.Submission;

/// <summary>A request for a job as it was sent: read, not yet checked against catalog and clock.</summary>
internal sealed class JobRequest
{
    public Operation Operation { get; set; } = Operation.ChatCompletions;

    public InferenceBody? Body { get; set; }

    public int? Priority { get; set; }

    public DateTimeOffset? Deadline { get; set; }

    public int? ExpiresInSeconds { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public long? MaxCostNanoUsd { get; set; }

    public ReplayPolicy Replay { get; set; }

    public IReadOnlyList<string>? Fallbacks { get; set; }

    public string? Metadata { get; set; }

    public string? Cache { get; set; }

    public string? Affinity { get; set; }

    public string? WebhookUrl { get; set; }

    public IReadOnlyList<string>? WebhookEvents { get; set; }

    /// <summary>How errors name the fields of the inference request.</summary>
    public string BodyPath { get; set; } = "";
}
