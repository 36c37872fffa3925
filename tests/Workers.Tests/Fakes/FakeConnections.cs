using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Workers.Tests.Fakes;

internal sealed class FakeConnections : IProviderConnections
{
    public string Kind { get; set; } = "fake";

    public string Key { get; set; } = "main";

    public ProviderConnection? Find(string provider) =>
        provider == "unknown"
            ? null
            : new ProviderConnection(
                provider,
                Kind,
                BaseUrl: null,
                new Dictionary<string, string> { [Key] = "secret" },
                new Dictionary<string, string>()
            );
}
