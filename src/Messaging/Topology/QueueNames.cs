namespace InferenceBroker.Messaging.Topology;

/// <summary>Every queue and exchange by name. An exchange has the name of the queue that it feeds.</summary>
internal static class QueueNames
{
    /// <summary>The exchange that copies JobsChanged to every process' own queue.</summary>
    public const string Relay = "broker.relay";

    /// <summary>The exchange that copies CancelJobs to every process' own queue.</summary>
    public const string Cancel = "broker.cancel";

    /// <summary>What the queues of the processes that ask leaders are named after.</summary>
    public const string Answers = "broker.answers";

    /// <summary>Every process' empty queue, which tells it whether it is connected.</summary>
    public const string Presence = "broker.presence";

    /// <summary>Where messages end that were delivered too often or expired.</summary>
    public const string DeadLetters = "broker.dead-letters";

    private const string SchedulerPrefix = "broker.scheduler.";
    private const string ExecutePrefix = "broker.execute.";

    public static string Scheduler(int partition) => $"{SchedulerPrefix}{partition}";

    public static string Execute(string provider) => ExecutePrefix + provider;

    public static string OfThisProcess(string exchange) => $"{exchange}.{Environment.MachineName}.{Guid.CreateVersion7():N}";
}
