namespace InferenceBroker.Providers.Known;

/// <summary>A provider that can be used without configuration, once its key is in the environment.</summary>
/// <param name="Name">The provider's name in routes, queues and metrics.</param>
/// <param name="BaseUrl">Speaks OpenAI's dialect; without a slash at its end.</param>
/// <param name="KeyVariable">The environment variable that holds its key.</param>
/// <param name="ModelPrefixes">How its models' names begin; empty for a reseller, whose models are written <c>name/model</c>.</param>
public sealed record KnownProvider(string Name, Uri BaseUrl, string KeyVariable, IReadOnlyList<string> ModelPrefixes)
{
    /// <summary>This provider serves a model of this name.</summary>
    public bool Serves(string model)
    {
        foreach (var prefix in ModelPrefixes)
        {
            if (model.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
