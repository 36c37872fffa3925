namespace InferenceBroker.Domain.Routing;

/// <summary>Something that gets a share of the work.</summary>
public interface IWeighted
{
    /// <summary>The share, above 0.</summary>
    int Weight { get; }

    /// <summary>How far it is behind (above 0) or ahead of its share. Belongs to <see cref="SmoothWeighted"/>.</summary>
    int Balance { get; set; }
}
