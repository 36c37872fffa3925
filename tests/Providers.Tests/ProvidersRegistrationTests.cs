using InferenceBroker.Providers.Calls;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests;

public sealed class ProvidersRegistrationTests
{
    [Fact]
    public void Every_kind_is_registered_once()
    {
        using var services = new ServiceCollection().AddBrokerProviders().AddBrokerProviders().BuildServiceProvider();

        services.GetServices<IProviderClient>().Select(client => client.Kind).ShouldBe(["openai", "simulated"], ignoreOrder: true);
    }
}
