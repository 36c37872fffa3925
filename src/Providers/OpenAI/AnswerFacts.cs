using InferenceBroker.Domain.Pricing;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>What the broker needs to know of an answer or of one chunk.</summary>
internal struct AnswerFacts
{
    /// <summary>The member that makes it an answer is there: <c>choices</c>, or <c>data</c> for embeddings.</summary>
    public bool HasItems { get; set; }

    /// <summary>That member is not empty.</summary>
    public bool HasAnyItem { get; set; }

    /// <summary>Something that a model wrote: text, refusal, reasoning, a tool call, a vector.</summary>
    public bool HasContent { get; set; }

    /// <summary>A finish reason is given.</summary>
    public bool IsFinished { get; set; }

    /// <summary>The finish reason where it means that the provider gave up.</summary>
    public string? FailedReason { get; set; }

    /// <summary>A top-level <c>error</c> is there.</summary>
    public bool HasError { get; set; }

    public TokenUsage? Usage { get; set; }
}
