using InferenceBroker.Workers.Liveness;
using InferenceBroker.Workers.Pools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace InferenceBroker.Workers.Tests;

public sealed class WorkersRegistrationTests
{
    [Fact]
    public void The_host_has_more_time_to_stop_than_the_attempts()
    {
        using var provider = Services(("Broker:Workers:ShutdownSeconds", "100"));

        provider.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBeGreaterThan(TimeSpan.FromSeconds(110));
    }

    [Fact]
    public void A_setting_out_of_range_is_named()
    {
        using var provider = Services(("Broker:Workers:HeartbeatSeconds", "60"));

        Should
            .Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptions<WorkersOptions>>().Value)
            .Message.ShouldContain("HeartbeatSeconds");
    }

    [Fact]
    public void The_heartbeat_starts_first_so_that_it_stops_last()
    {
        var services = new ServiceCollection().AddBrokerWorkers();

        services
            .Where(d => d.ServiceType == typeof(IHostedService))
            .Select(d => d.ImplementationType)
            .ShouldBe([typeof(WorkerHeartbeat), typeof(CancellationReceiver), typeof(ProviderPools)]);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)))
            .Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddBrokerWorkers().BuildServiceProvider();
    }
}
