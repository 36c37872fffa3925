namespace InferenceBroker.Hosting.Configuration;

/// <summary>Where the providers in force come from.</summary>
public enum ProviderSource
{
    /// <summary><c>broker.json</c> and its overrides.</summary>
    File = 0,

    /// <summary>API keys of known providers in the environment, for example <c>OPENAI_API_KEY</c>.</summary>
    Environment = 1,

    /// <summary>Neither was there: two simulated providers, so that the broker can be tried.</summary>
    Simulated = 2,
}
