using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Api.Tests.Fakes;

/// <summary>A connection with secrets for the provider of <see cref="FakeCatalog"/>.</summary>
internal sealed class FakeConnections : IProviderConnections
{
    public const string Secret = "sk-provider-secret-0123456789";

    public ProviderConnection? Find(string provider) =>
        new(
            provider,
            "simulated",
            new Uri("http://127.0.0.1:9/v1?key=hidden"),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["default"] = Secret },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["header.x-secret"] = Secret, ["latencyms"] = "5" }
        );
}
