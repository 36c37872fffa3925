using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Workers.Execution;

/// <summary>
/// The route that may take over a job which its own cannot answer: the one with the larger context for a prompt that is too long, a fallback
/// for one that a content filter refused. Only a route that has an endpoint which has not failed the job, so that no circle of routes is
/// endless, although a takeover may cost no attempt.
/// </summary>
internal static class OtherRoute
{
    /// <summary>Null: none.</summary>
    public static string? After(FailureClass failure, Catalog catalog, StartedJob job, string endpoint)
    {
        if (failure is not (FailureClass.ContextTooLong or FailureClass.ContentFiltered))
        {
            return null;
        }

        var own = catalog.FindRoute(job.Route ?? job.Model);
        return failure switch
        {
            FailureClass.ContextTooLong when own?.LargerContext is { } larger => FirstUsable([larger]),
            FailureClass.ContentFiltered when own is { FallbackOnContentFilter: true } => FirstUsable(job.Fallbacks.Concat(own.Fallbacks)),
            _ => null,
        };

        string? FirstUsable(IEnumerable<string> names) =>
            names.FirstOrDefault(name =>
                catalog.FindRoute(name) is { } route
                && !ReferenceEquals(route, own)
                && OtherEndpoints.ExistIn(route, catalog, job, endpoint)
            );
    }
}
