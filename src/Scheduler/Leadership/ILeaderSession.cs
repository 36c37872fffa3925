namespace InferenceBroker.Scheduler.Leadership;

/// <summary>What a scheduler does while it leads.</summary>
internal interface ILeaderSession
{
    /// <summary>Leads until cancelled. Ends by an exception where the term is over or something is broken.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
