using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Messaging;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// Sends dispatched jobs to their providers' queues. Nobody waits for the confirmation: a job whose message is lost is found by the sweep,
/// which sends it again. Called by the dispatch loop only.
/// </summary>
internal sealed partial class ExecutePublisher(IExecuteSender sender, DispatchInbox inbox, ILogger<ExecutePublisher> logger)
{
    private const int FewJobs = 4;
    private const int LargestGroup = 16;

    // So many messages of a round at least, as long as there are jobs for them: a provider's workers shall all find work.
    private const int FewestGroups = 2;

    private readonly Dictionary<string, List<ExecuteJob>> _byProvider = [];

    public void Publish(IReadOnlyList<IndexedJob> jobs, CancellationToken cancellationToken)
    {
        for (var i = 0; i < jobs.Count; i++)
        {
            var job = jobs[i];
            var endpoint = job.Endpoint!.Id;
            if (!_byProvider.TryGetValue(endpoint.Provider, out var list))
            {
                list = [];
                _byProvider.Add(endpoint.Provider, list);
            }

            list.Add(
                new ExecuteJob
                {
                    JobId = job.Id,
                    Fence = job.Fence,
                    Key = endpoint.Key,
                    Model = endpoint.Model,
                }
            );
        }

        foreach (var (provider, list) in _byProvider)
        {
            SendGroups(provider, list, cancellationToken);
            list.Clear();
        }
    }

    /// <summary>How many jobs go into one message where so many go to a provider at once.</summary>
    public static int GroupSize(int jobs) => jobs <= FewJobs ? 1 : Math.Min(LargestGroup, (jobs + FewestGroups - 1) / FewestGroups);

    private void SendGroups(string provider, List<ExecuteJob> jobs, CancellationToken cancellationToken)
    {
        var size = GroupSize(jobs.Count);
        for (var start = 0; start < jobs.Count; start += size)
        {
            var group = jobs.GetRange(start, Math.Min(size, jobs.Count - start));
            _ = SendAsync(new ExecuteJobs { Provider = provider, Jobs = group }, cancellationToken);
        }
    }

    private async Task SendAsync(ExecuteJobs message, CancellationToken cancellationToken)
    {
        try
        {
            await sender.SendAsync(message, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The term is over: the next leader's sweep sends it again.
        }
        catch (Exception exception)
        {
            LogNotSent(logger, exception, message.Provider, message.Jobs.Count);
            await inbox.PostAsync(new SendFailed(message.Provider), cancellationToken);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A message with {Jobs} jobs for provider {Provider} was not confirmed; it is sent again if no worker takes them"
    )]
    private static partial void LogNotSent(ILogger logger, Exception exception, string provider, int jobs);
}
