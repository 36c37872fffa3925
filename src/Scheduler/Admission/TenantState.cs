using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>A tenant as the scheduler sees it.</summary>
internal sealed class TenantState
{
    private readonly TenantLane[] _lanes;

    /// <param name="incomplete">Where lanes note that the database holds more of their jobs than memory.</param>
    public TenantState(int id, HashSet<TenantLane> incomplete)
    {
        Id = id;
        _lanes =
        [
            new(this, Lane.Interactive, incomplete),
            new(this, Lane.Standard, incomplete),
            new(this, Lane.Batch, incomplete),
            new(this, Lane.Idle, incomplete),
        ];
    }

    public int Id { get; }

    /// <summary>The tenant's limits; null: none.</summary>
    public Budget? Budget { get; set; }

    /// <summary>The share among the tenants, above 0.</summary>
    public int Weight
    {
        get => _lanes[0].Share.Weight;
        set
        {
            foreach (var lane in _lanes)
            {
                lane.Share.Weight = value;
            }
        }
    }

    public IReadOnlyList<TenantLane> Lanes => _lanes;

    public TenantLane LaneOf(Lane lane) => _lanes[(int)lane];
}
