namespace InferenceBroker.Workers.Pools;

/// <summary>What a look at the catalog changed.</summary>
internal readonly record struct PoolChanges(int Connected, int Removed, int Resized);
