namespace InferenceBroker.Domain.Routing;

/// <summary>Why a target cannot serve a job.</summary>
public enum IneligibleReason : byte
{
    /// <summary>It can.</summary>
    None = 0,
    NoTools = 1,
    NoVision = 2,
    NoJsonSchema = 3,
    ContextTooSmall = 4,
    OtherRegion = 5,
    MissingTag = 6,
}
