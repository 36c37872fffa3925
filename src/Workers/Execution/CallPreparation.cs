using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Workers.Execution;

/// <summary>The step between start and call: finds connection and client, and fixes model name and time limits.</summary>
internal sealed class CallPreparation(IProviderConnections connections, IEnumerable<IProviderClient> clients)
{
    private readonly Dictionary<string, IProviderClient> _clients = clients.ToDictionary(c => c.Kind, StringComparer.Ordinal);

    /// <summary>
    /// Sets the attempt's call, or its answer where no call can be made. Such a failure costs an attempt like any other: handing the job back
    /// would send it round in circles as long as configuration and catalog differ.
    /// </summary>
    public void Prepare(Attempt attempt)
    {
        var started = attempt.Started;
        attempt.UpstreamModel = UpstreamModelName.Of(
            attempt.Catalog,
            started.Model,
            started.Fallbacks,
            attempt.Provider,
            attempt.Order.Model,
            started.Route
        );
        if (connections.Find(attempt.Provider) is not { } connection)
        {
            attempt.Answer = Failed(FailureClass.ModelUnavailable, $"Provider '{attempt.Provider}' is not configured.");
            return;
        }

        if (!_clients.TryGetValue(connection.Kind, out var client))
        {
            attempt.Answer = Failed(
                FailureClass.ModelUnavailable,
                $"Provider '{attempt.Provider}' is of kind '{connection.Kind}', which this worker does not know."
            );
            return;
        }

        if (!connection.Secrets.ContainsKey(attempt.Order.Key))
        {
            attempt.Answer = Failed(FailureClass.Credential, $"Provider '{attempt.Provider}' has no key named '{attempt.Order.Key}'.");
            return;
        }

        attempt.Call = new PreparedCall(
            client,
            new ProviderCall
            {
                Connection = connection,
                Key = attempt.Order.Key,
                Operation = started.Operation,
                Model = attempt.UpstreamModel,
                Body = started.Body,
                Streaming = started.Streaming,
                JobId = started.Id.ToString(),
                Timeouts = TimeoutsOf(attempt.Catalog.Limits),
            }
        );
    }

    private static CallTimeouts TimeoutsOf(JobLimits limits)
    {
        var total = limits.AttemptTimeout;
        return new CallTimeouts(
            Min(limits.ConnectTimeout, total),
            Min(limits.FirstTokenTimeout, total),
            Min(limits.IdleTimeout, total),
            total
        );
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static ProviderAnswer Failed(FailureClass failure, string message) => new() { Failure = new ProviderFailure(failure, message) };
}
