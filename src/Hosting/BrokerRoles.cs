namespace InferenceBroker.Hosting;

/// <summary>The roles that a process can have.</summary>
public static class BrokerRoles
{
    public const string Api = "api";
    public const string Scheduler = "scheduler";
    public const string Workers = "workers";

    /// <summary>All three in one process.</summary>
    public const string Standalone = "standalone";

    /// <summary>Where a role listens unless told otherwise: on this machine only.</summary>
    internal static string DefaultUrl(string role) =>
        role switch
        {
            Scheduler => "http://127.0.0.1:8081",
            Workers => "http://127.0.0.1:8082",
            _ => "http://127.0.0.1:8080",
        };
}
