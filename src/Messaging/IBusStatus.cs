namespace InferenceBroker.Messaging;

/// <summary>Whether the transport is connected. Thread safe.</summary>
public interface IBusStatus
{
    bool IsConnected { get; }
}
