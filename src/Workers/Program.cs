using InferenceBroker.Hosting;
using InferenceBroker.Workers;

// The worker role: calls the providers for the jobs that the scheduler has dispatched.
return await BrokerHost.RunAsync(BrokerRoles.Workers, args, builder => builder.Services.AddBrokerWorkers());
