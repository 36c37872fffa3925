using InferenceBroker.Hosting;
using InferenceBroker.Scheduler;

// The scheduler as a process of its own. Any number may run: one leads, the others stand by.
return await BrokerHost.RunAsync(BrokerRoles.Scheduler, args, builder => builder.Services.AddBrokerScheduler());
