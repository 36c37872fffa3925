using Polly;
using Polly.Retry;

namespace InferenceBroker.Workers.Resilience;

/// <summary>
/// Writes what a provider was paid for until it is stored. The job writer rides out short troubles itself; this goes on from there, up to the
/// attempt's deadline, after which the sweep has given the job to somebody else. Every write names a fence, so a repeat is harmless.
/// </summary>
internal sealed partial class StoreRetry
{
    private readonly ResiliencePipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreRetry> _logger;

    public StoreRetry(TimeProvider time, ILogger<StoreRetry> logger)
    {
        _time = time;
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = int.MaxValue,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromMilliseconds(500),
                    MaxDelay = TimeSpan.FromSeconds(5),
                    UseJitter = true,
                    ShouldHandle = static args =>
                        ValueTask.FromResult(args.Outcome.Exception is not null && !args.Context.CancellationToken.IsCancellationRequested),
                }
            )
            .Build();
    }

    public async Task<TResult> RunAsync<TState, TResult>(
        Func<TState, CancellationToken, Task<TResult>> write,
        TState state,
        DateTimeOffset deadline,
        CancellationToken aborted
    )
    {
        try
        {
            return await write(state, aborted);
        }
        catch (Exception e) when (!aborted.IsCancellationRequested)
        {
            LogRetrying(_logger, e);
        }

        return await RetryAsync(write, state, deadline, aborted);
    }

    private async Task<TResult> RetryAsync<TState, TResult>(
        Func<TState, CancellationToken, Task<TResult>> write,
        TState state,
        DateTimeOffset deadline,
        CancellationToken aborted
    )
    {
        var left = deadline - _time.GetUtcNow();
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
        return await _pipeline.ExecuteAsync(static async (s, token) => await s.write(s.state, token), (write, state), either.Token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database refuses a write of a running attempt; trying on until its deadline.")]
    private static partial void LogRetrying(ILogger logger, Exception exception);
}
