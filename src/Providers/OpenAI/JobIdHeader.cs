namespace InferenceBroker.Providers.OpenAI;

/// <summary>The header that carries the job's id to the provider: an opaque value, by which its support and our simulated provider find the call again.</summary>
internal static class JobIdHeader
{
    public const string Name = "x-broker-job-id";
}
