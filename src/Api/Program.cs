using InferenceBroker.Api;
using InferenceBroker.Hosting;

return await BrokerHost.RunAsync(BrokerRoles.Api, args, builder => builder.Services.AddBrokerApi(), app => app.MapBrokerApi());
