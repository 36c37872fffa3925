using Xunit;

namespace InferenceBroker.Api.Tests.Admin;

/// <summary>One Api for the tests of a class, called with the admin key.</summary>
public sealed class SharedAdminHost : IAsyncLifetime
{
    internal ApiHost Api { get; private set; } = null!;

    public async Task InitializeAsync() => Api = await AdminHost.StartAsync();

    public async Task DisposeAsync() => await Api.DisposeAsync();
}
