using InferenceBroker.Api.Jobs;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Relay;

/// <summary>Makes readers of job logs.</summary>
internal sealed class JobEventReaders(
    JobListeners listeners,
    IJobStore store,
    IJobWriter writer,
    AttemptModels models,
    TimeProvider time,
    IOptions<ApiOptions> options,
    ILogger<JobEventReader> logger
)
{
    /// <summary>A reader of the log after a sequence number. Null: no such job for this tenant.</summary>
    public async Task<JobEventReader?> OpenAsync(int tenantId, JobId id, int afterSequence, CancellationToken cancellationToken)
    {
        var reader = Open(listeners.Listen(id, ListenFor.Log), tenantId, id, afterSequence);
        try
        {
            if (await reader.LoadAsync(cancellationToken))
            {
                return reader;
            }
        }
        catch
        {
            reader.Dispose();
            throw;
        }

        reader.Dispose();
        return null;
    }

    /// <summary>A reader that takes the listener over, of a job that is known to exist.</summary>
    public JobEventReader Open(JobListener listener, int tenantId, JobId id, int afterSequence) =>
        new(listener, store, writer, models, time, options.Value, logger, tenantId, id, afterSequence);
}
