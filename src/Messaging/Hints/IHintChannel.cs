namespace InferenceBroker.Messaging.Hints;

/// <summary>A destination's loop, whatever its items are.</summary>
internal interface IHintChannel
{
    Task<int> RunOnceAsync(CancellationToken cancellationToken);

    void Complete();
}
