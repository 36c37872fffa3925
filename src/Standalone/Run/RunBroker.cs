using InferenceBroker.Domain.Routing;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Standalone.Run;

/// <summary>What a run uses of the broker in its process.</summary>
internal sealed record RunBroker(
    IJobStore Jobs,
    ITenantStore Tenants,
    IHintSender Hints,
    IMessageReceiver Messages,
    ICatalogSource Catalog,
    TimeProvider Time
);
