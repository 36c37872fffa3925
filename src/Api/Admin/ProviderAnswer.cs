namespace InferenceBroker.Api.Admin;

/// <param name="BaseUrl">Without its query. Null: a simulated provider in the process.</param>
/// <param name="Control">Null: no operator ever touched it.</param>
internal sealed record ProviderAnswer(
    string Object,
    string Name,
    string Kind,
    string? BaseUrl,
    int Concurrency,
    IReadOnlyDictionary<string, string> Settings,
    ControlAnswer? Control,
    IReadOnlyList<ProviderKeyAnswer> Keys,
    IReadOnlyList<EndpointAnswer> Endpoints
);
