namespace InferenceBroker.Api.Relay;

/// <summary>What a listener wants to hear of.</summary>
internal enum ListenFor
{
    /// <summary>Only that the job has ended.</summary>
    End,

    /// <summary>Everything that its log gains.</summary>
    Log,
}
