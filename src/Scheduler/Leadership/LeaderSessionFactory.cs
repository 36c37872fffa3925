using InferenceBroker.Domain.Routing;
using InferenceBroker.Messaging;
using InferenceBroker.Messaging.Inquiries;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Tenants;
using InferenceBroker.Scheduler.Dispatch;
using InferenceBroker.Scheduler.Inquiries;
using InferenceBroker.Scheduler.Recovery;
using InferenceBroker.Scheduler.Telemetry;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Scheduler.Leadership;

/// <summary>Puts the parts of a session together.</summary>
internal sealed class LeaderSessionFactory(
    IJobStore store,
    ITenantStore tenants,
    IMessageReceiver receiver,
    IExecuteSender sender,
    IHintSender hints,
    IBusStatus bus,
    IAnswerSender answers,
    ICatalogSource catalogs,
    RoutingPolicyLookup policies,
    IOptions<SchedulerOptions> options,
    SchedulerMetrics metrics,
    TimeProvider time,
    ILoggerFactory loggers
) : ILeaderSessionFactory
{
    public ILeaderSession Create(LeaderTerm term)
    {
        var settings = options.Value;
        var memory = new SchedulerMemory(catalogs, policies, settings);
        var inbox = new DispatchInbox();
        var claims = new ClaimPipeline(store, term, inbox, settings, time, loggers.CreateLogger<ClaimPipeline>());
        var publisher = new ExecutePublisher(sender, inbox, loggers.CreateLogger<ExecutePublisher>());
        var reader = new LaneReader(store, inbox, loggers.CreateLogger<LaneReader>());
        var inquiries = new InquiryAnswers(new PlacementReport(memory, settings), answers, loggers.CreateLogger<InquiryAnswers>());
        var loop = new DispatchLoop(memory, inbox, claims, publisher, reader, new DispatchPause(), inquiries, bus, settings, metrics, time);
        var sweeper = new Sweeper(
            term,
            store,
            tenants,
            hints,
            catalogs,
            memory.InFlight,
            inbox,
            settings,
            metrics,
            time,
            loggers.CreateLogger<Sweeper>()
        );
        var rebuild = new MemoryRebuild(memory, store, tenants, time, loggers.CreateLogger<MemoryRebuild>());
        return new LeaderSession(rebuild, inbox, loop, sweeper, receiver, settings, time, loggers.CreateLogger<LeaderSession>());
    }
}
