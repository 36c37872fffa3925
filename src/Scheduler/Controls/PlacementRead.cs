using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Scheduler.Controls;

/// <summary>For the dispatch loop: what operators want and may have changed.</summary>
internal sealed record PlacementRead(IReadOnlyList<ControlRecord> Controls, IReadOnlyList<LimitsRecord> Limits);
