using InferenceBroker.Hosting;
using InferenceBroker.Standalone.Hosts;

namespace InferenceBroker.Standalone.Serve;

/// <summary>What a server says once it listens.</summary>
internal static class Welcome
{
    public static IEnumerable<string> Lines(string url, BrokerSetup setup, BrokerKeys keys)
    {
        yield return $"Inference Broker listens on {url} ({SetupText.Storage(setup)}).";
        yield return SetupText.Providers(setup);
        yield return Describe("API key", keys.Api);
        yield return Describe("Admin key", keys.Admin);
        yield return "";
        yield return $"curl -s {url}/v1/jobs -H \"Authorization: Bearer {keys.Api.ShellReference(SetupText.Shorten)}\""
            + " -H 'Content-Type: application/json' -H 'Prefer: wait=30'"
            + """ -d '{"body":{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Say hello"}]}}'""";
        yield return "";
    }

    private static string Describe(string name, BrokerKey key) =>
        key switch
        {
            { File: null } => $"{name}: the one in {key.Variable}.",
            { Created: true } => $"{name}: {key.Secret} (made now and shown this once; kept in {SetupText.Shorten(key.File)})",
            _ => $"{name}: in {SetupText.Shorten(key.File)}.",
        };
}
