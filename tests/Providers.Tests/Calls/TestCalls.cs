using System.Text;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Providers.Tests.Calls;

/// <summary>Calls with the values that a test does not care for.</summary>
internal static class TestCalls
{
    public static readonly CallTimeouts Timeouts = new(
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(60),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromSeconds(600)
    );

    public static ProviderConnection Connection(string? baseUrl, params (string Name, string Value)[] settings) =>
        new(
            "acme",
            baseUrl is null ? "simulated" : "openai",
            baseUrl is null ? null : new Uri(baseUrl),
            new Dictionary<string, string> { ["main"] = "sk-secret" },
            settings.ToDictionary(setting => setting.Name, setting => setting.Value)
        );

    public static ProviderCall Chat(ProviderConnection connection, string model, string prompt = "Hello", bool streaming = false) =>
        new()
        {
            Connection = connection,
            Key = "main",
            Operation = Operation.ChatCompletions,
            Model = model,
            Body = Encoding.UTF8.GetBytes(
                $$"""{"model":"asked","messages":[{"role":"user","content":"{{prompt}}"}]{{(streaming ? ",\"stream\":true" : "")}}}"""
            ),
            Streaming = streaming,
            JobId = "job_1",
            Timeouts = Timeouts,
        };
}
