using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.Calls;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>
/// The limits of calls as pipelines that are built once; every call brings its own times in the context. Rules: (1) <see cref="Total"/> goes round
/// everything else; (2) <see cref="Opening"/> goes round the request up to the first event of a stream, or to the headers of a plain answer; (3)
/// <see cref="Idle"/> goes round each further read that has to wait. A limit that is not below the total is left out, so that the total speaks.
/// </summary>
internal sealed class CallLimits(TimeProvider time)
{
    private static readonly ResiliencePropertyKey<ProviderCall> Key = new("call");

    public ResiliencePipeline Total { get; } =
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddTimeout(Limit(static call => call.Timeouts.Total))
            .Build();

    /// <summary>
    /// Connects once more where no connection came about: nothing was sent then, so nothing can happen twice. Every other retry is the scheduler's,
    /// which sees all endpoints and the job's replay policy.
    /// </summary>
    public ResiliencePipeline<ProviderAnswer?> Opening { get; } =
        new ResiliencePipelineBuilder<ProviderAnswer?> { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions<ProviderAnswer?>
                {
                    MaxRetryAttempts = 1,
                    Delay = TimeSpan.Zero,
                    ShouldHandle = static args => ValueTask.FromResult(IsWorthOneMore(args.Outcome.Exception)),
                }
            )
            .AddTimeout(Limit(static call => IsStream(call) ? BelowTotal(call, call.Timeouts.FirstToken) : Timeout.InfiniteTimeSpan))
            .Build();

    public ResiliencePipeline Idle { get; } =
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddTimeout(Limit(static call => BelowTotal(call, call.Timeouts.Idle)))
            .Build();

    /// <summary>A context for all the pipelines of one call; to be returned to the shared pool.</summary>
    public static ResilienceContext ContextOf(ProviderCall call, CancellationToken caller)
    {
        var context = ResilienceContextPool.Shared.Get(caller);
        context.Properties.Set(Key, call);
        return context;
    }

    public static bool IsStream(ProviderCall call) => call.Streaming && call.Operation != Operation.Embeddings;

    private static TimeoutStrategyOptions Limit(Func<ProviderCall, TimeSpan> choose) =>
        new() { TimeoutGenerator = args => ValueTask.FromResult(choose(args.Context.Properties.GetValue(Key, null!))) };

    private static TimeSpan BelowTotal(ProviderCall call, TimeSpan limit) => limit < call.Timeouts.Total ? limit : Timeout.InfiniteTimeSpan;

    private static bool IsWorthOneMore(Exception? exception) =>
        exception
            is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: not TimeoutRejectedException };
}
