using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>Why a target cannot serve a job, in words.</summary>
internal static class EligibilityText
{
    /// <summary>For example <c>needs vision</c>; null where it can.</summary>
    public static string? Of(IneligibleReason reason) =>
        reason switch
        {
            IneligibleReason.None => null,
            IneligibleReason.NoTools => "needs tools",
            IneligibleReason.NoVision => "needs vision",
            IneligibleReason.NoJsonSchema => "needs a JSON schema",
            IneligibleReason.ContextTooSmall => "needs a larger context",
            IneligibleReason.OtherRegion => "needs another region",
            IneligibleReason.MissingTag => "needs a tag that the target does not have",
            _ => "cannot serve the job",
        };
}
