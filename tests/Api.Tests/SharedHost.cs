using Xunit;

namespace InferenceBroker.Api.Tests;

/// <summary>One Api for the tests of a class that change nothing.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    internal ApiHost Api { get; private set; } = null!;

    public async Task InitializeAsync() => Api = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await Api.DisposeAsync();
}
