namespace InferenceBroker.Domain.Routing;

/// <summary>Something that gets a share of the work.</summary>
public interface IWeighted
{
    /// <summary>The share, above 0. May change from pick to pick.</summary>
    double Weight { get; }

    /// <summary>How far it is behind (above 0) or ahead of its share. Belongs to <see cref="SmoothWeighted"/>.</summary>
    double Balance { get; set; }
}
