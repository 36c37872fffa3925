using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Admin;

/// <param name="MaskedSecret">Null: calls carry no credentials.</param>
internal sealed record ProviderKeyAnswer(
    string Name,
    string? MaskedSecret,
    int? RequestsPerMinute,
    int? TokensPerMinute,
    int? InputTokensPerMinute,
    int? OutputTokensPerMinute,
    int? Concurrency,
    int Weight,
    ControlAnswer? Control
)
{
    public static ProviderKeyAnswer Of(ProviderKey key, string? secret, ControlAnswer? control) =>
        new(
            key.Name,
            Mask(secret),
            key.RequestsPerMinute,
            key.TokensPerMinute,
            key.InputTokensPerMinute,
            key.OutputTokensPerMinute,
            key.Concurrency,
            key.Weight,
            control
        );

    /// <summary>The last four characters of a long secret: enough to tell two apart.</summary>
    private static string? Mask(string? secret) =>
        string.IsNullOrEmpty(secret) ? null
        : secret.Length < 16 ? "…"
        : $"…{secret[^4..]}";
}
