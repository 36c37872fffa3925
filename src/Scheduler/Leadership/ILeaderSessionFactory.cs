using InferenceBroker.Persistence.Leadership;

namespace InferenceBroker.Scheduler.Leadership;

internal interface ILeaderSessionFactory
{
    /// <summary>A session for a won term, with an empty memory.</summary>
    ILeaderSession Create(LeaderTerm term);
}
