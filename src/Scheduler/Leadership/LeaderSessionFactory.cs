using InferenceBroker.Domain.Routing;
using InferenceBroker.Messaging;
using InferenceBroker.Messaging.Inquiries;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Persistence.Tenants;
using InferenceBroker.Scheduler.Controls;
using InferenceBroker.Scheduler.Dispatch;
using InferenceBroker.Scheduler.Health;
using InferenceBroker.Scheduler.Inquiries;
using InferenceBroker.Scheduler.Recovery;
using InferenceBroker.Scheduler.Telemetry;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Scheduler.Leadership;

/// <summary>Puts the parts of a session together.</summary>
internal sealed class LeaderSessionFactory(
    IJobStore store,
    ITenantStore tenants,
    IPlacementStore placement,
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
        var recaller = new Recaller(store, term, inbox, loggers.CreateLogger<Recaller>());
        var saver = new HealthSaver(placement, term, inbox, metrics, loggers.CreateLogger<HealthSaver>());
        var inquiries = new InquiryAnswers(new PlacementReport(memory), answers, loggers.CreateLogger<InquiryAnswers>());
        var loop = new DispatchLoop(
            memory,
            inbox,
            claims,
            publisher,
            reader,
            recaller,
            new Refuser(store, term, hints, inbox, time, loggers.CreateLogger<Refuser>()),
            saver,
            new DispatchPause(),
            inquiries,
            bus,
            settings,
            metrics,
            time
        );
        var watch = new PlacementWatch(placement, inbox, time, loggers.CreateLogger<PlacementWatch>());
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
        var rebuild = new MemoryRebuild(memory, store, tenants, placement, time, loggers.CreateLogger<MemoryRebuild>());
        return new LeaderSession(rebuild, inbox, loop, sweeper, watch, receiver, settings, time, loggers.CreateLogger<LeaderSession>());
    }
}
