namespace InferenceBroker.Hosting.Configuration;

/// <summary>Finds limits of a key that can never be reached, because another one is lower: one of the two is a mistake.</summary>
internal static class KeyLimits
{
    public static void Check(string path, KeyOptions key, ProviderOptions provider, FaultList faults)
    {
        if (key.Concurrency > provider.Concurrency)
        {
            faults.Add(
                $"{path}.concurrency",
                $"'{key.Concurrency}' is above the provider's concurrency, which is '{provider.Concurrency}'"
            );
        }

        CheckTokens($"{path}.inputTokensPerMinute", key.InputTokensPerMinute, key, faults);
        CheckTokens($"{path}.outputTokensPerMinute", key.OutputTokensPerMinute, key, faults);
    }

    private static void CheckTokens(string path, int? limit, KeyOptions key, FaultList faults)
    {
        if (limit > key.TokensPerMinute)
        {
            faults.Add(path, $"'{limit}' is above tokensPerMinute (input and output together), which is '{key.TokensPerMinute}'");
        }
    }
}
