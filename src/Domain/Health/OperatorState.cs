namespace InferenceBroker.Domain.Health;

/// <summary>What the operator wants of an endpoint or a provider. The stored numbers are never changed.</summary>
public enum OperatorState : short
{
    Active = 0,

    /// <summary>Nothing new, what is queued there is recalled; what runs may end.</summary>
    Paused = 1,

    /// <summary>As <see cref="Paused"/>, on the way out: it is drained once nothing runs any more.</summary>
    Draining = 2,
}
