using Polly;
using Polly.Retry;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>
/// Connects once more where no connection came about: nothing was sent then, so nothing can happen twice. Every other retry is the scheduler's, which
/// sees all endpoints and the job's replay policy.
/// </summary>
internal static class ConnectRetry
{
    public static ResiliencePipeline<HttpResponseMessage> Pipeline { get; } =
        new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(
                new RetryStrategyOptions<HttpResponseMessage>
                {
                    MaxRetryAttempts = 1,
                    Delay = TimeSpan.Zero,
                    ShouldHandle = new PredicateBuilder<HttpResponseMessage>().Handle<HttpRequestException>(static exception =>
                        exception.HttpRequestError == HttpRequestError.ConnectionError
                    ),
                }
            )
            .Build();
}
