namespace InferenceBroker.Domain.Routing;

/// <summary>Whether a target can serve a job at all. One that cannot is never picked, whatever its credit.</summary>
public static class Eligibility
{
    public static bool CanServe(Target target, in JobNeeds needs) => Check(target, needs) == IneligibleReason.None;

    /// <summary>The first reason against it, or <see cref="IneligibleReason.None"/>.</summary>
    public static IneligibleReason Check(Target target, in JobNeeds needs)
    {
        var missing = needs.Capabilities & ~target.Capabilities;
        if (missing != Capabilities.None)
        {
            return ReasonOf(missing);
        }

        if (target.ContextTokens is { } context && needs.ContextTokens > context)
        {
            return IneligibleReason.ContextTooSmall;
        }

        return needs.Placement is { } placement ? Check(target, placement) : IneligibleReason.None;
    }

    private static IneligibleReason ReasonOf(Capabilities missing)
    {
        if (missing.HasFlag(Capabilities.Tools))
        {
            return IneligibleReason.NoTools;
        }

        return missing.HasFlag(Capabilities.Vision) ? IneligibleReason.NoVision : IneligibleReason.NoJsonSchema;
    }

    private static IneligibleReason Check(Target target, PlacementNeeds placement)
    {
        if (placement.Region is { } region && !region.Equals(target.Region, StringComparison.OrdinalIgnoreCase))
        {
            return IneligibleReason.OtherRegion;
        }

        for (var i = 0; i < placement.Tags.Count; i++)
        {
            if (!target.Tags.Contains(placement.Tags[i]))
            {
                return IneligibleReason.MissingTag;
            }
        }

        return IneligibleReason.None;
    }
}
