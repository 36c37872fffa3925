using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Jobs;

/// <summary>
/// Gives attempts of pass-through targets the model name that their provider was asked for. A worker stores it with the attempt's end; before, and
/// where the worker was lost, the row only has the endpoint with its <c>*</c>.
/// </summary>
internal sealed class AttemptModels(ICatalogSource catalogs)
{
    public JobDetails Named(JobDetails details) =>
        IsNamed(details.Attempts) ? details : details with { Attempts = Name(details.Job, details.Attempts) };

    public JobLog Named(JobLog log) => IsNamed(log.Attempts) ? log : log with { Attempts = Name(log.Job, log.Attempts) };

    private static bool IsNamed(IReadOnlyList<StoredAttempt> attempts)
    {
        for (var i = 0; i < attempts.Count; i++)
        {
            if (attempts[i].UpstreamModel == "*")
            {
                return false;
            }
        }

        return true;
    }

    private List<StoredAttempt> Name(StoredJob job, IReadOnlyList<StoredAttempt> attempts)
    {
        var catalog = catalogs.Current;
        return
        [
            .. attempts.Select(attempt =>
                attempt with
                {
                    UpstreamModel = UpstreamModelName.Of(
                        catalog,
                        job.Model,
                        [],
                        EndpointId.Parse(attempt.Endpoint).Provider,
                        attempt.UpstreamModel,
                        job.Route
                    ),
                }
            ),
        ];
    }
}
