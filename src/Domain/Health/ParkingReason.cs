namespace InferenceBroker.Domain.Health;

/// <summary>Why a key, or a model of a key, is left alone. The stored numbers are never changed.</summary>
public enum ParkingReason : short
{
    /// <summary>The account is empty: the key, until a time, then one try.</summary>
    Quota = 1,

    /// <summary>The key is refused: until the configuration changes or an operator unparks it.</summary>
    Credential = 2,

    /// <summary>The key has no such model: this model only, until a time, then one try.</summary>
    ModelUnavailable = 3,
}
