namespace InferenceBroker.Hosting.Configuration;

/// <summary>The names that a provider's <c>kind</c> may have: those of the registered provider clients.</summary>
internal static class ProviderKinds
{
    public const string OpenAI = "openai";
    public const string Simulated = "simulated";

    public static IReadOnlyList<string> All { get; } = [OpenAI, Simulated];
}
