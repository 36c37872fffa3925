namespace InferenceBroker.Persistence.Time;

/// <summary>This machine's clock.</summary>
internal sealed class LocalTime : IDatabaseTime
{
    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => Task.FromResult(TimeProvider.System.GetUtcNow());
}
