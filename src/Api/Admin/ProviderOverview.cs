using System.Text.Json;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Api.Admin;

/// <summary>Puts together what is configured, what operators set and what the leader knows.</summary>
internal sealed class ProviderOverview(
    ICatalogSource catalogs,
    IProviderConnections connections,
    IPlacementStore placement,
    IEndpointStates states
)
{
    private const string HeaderPrefix = "header.";
    private const string Hidden = "…";

    public async Task<IReadOnlyList<ProviderAnswer>> ReadAsync(CancellationToken cancellationToken)
    {
        var catalog = catalogs.Current;
        var controls = (await placement.ReadControlsAsync(cancellationToken)).ToDictionary(
            c => c.Target,
            ControlAnswer.Of,
            StringComparer.Ordinal
        );
        var known = await states.ReadAsync(cancellationToken);
        return [.. catalog.Providers.Values.Select(p => Answer(p, controls, EndpointsOf(catalog, p, controls, known)))];
    }

    private ProviderAnswer Answer(
        ProviderDefinition provider,
        Dictionary<string, ControlAnswer> controls,
        IReadOnlyList<EndpointAnswer> endpoints
    )
    {
        var connection = connections.Find(provider.Name);
        return new ProviderAnswer(
            "provider",
            provider.Name,
            provider.Kind,
            connection?.BaseUrl?.GetLeftPart(UriPartial.Path),
            provider.Concurrency,
            connection?.Settings.ToDictionary(s => s.Key, s => Shown(s.Key, s.Value)) ?? [],
            controls.GetValueOrDefault(provider.Name),
            [
                .. provider.Keys.Select(k =>
                    ProviderKeyAnswer.Of(
                        k,
                        connection?.Secrets.GetValueOrDefault(k.Name),
                        controls.GetValueOrDefault($"{provider.Name}/{k.Name}")
                    )
                ),
            ],
            endpoints
        );
    }

    /// <summary>Those that routes name, and those that an operator or the leader names: pass-through targets have endpoints of any name.</summary>
    private static IReadOnlyList<EndpointAnswer> EndpointsOf(
        Catalog catalog,
        ProviderDefinition provider,
        Dictionary<string, ControlAnswer> controls,
        IReadOnlyDictionary<string, JsonElement> known
    )
    {
        var models = ControlTargets.ModelsOf(catalog, provider.Name).Where(m => m != "*").ToArray();
        var named = provider.Keys.SelectMany(k => models.Select(m => new EndpointId(provider.Name, k.Name, m).ToString()));
        var others = controls.Keys.Concat(known.Keys).Where(id => IsEndpointOf(id, provider.Name));
        return
        [
            .. named
                .Union(others, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(id => new EndpointAnswer(id, controls.GetValueOrDefault(id), known.TryGetValue(id, out var state) ? state : null)),
        ];
    }

    private static bool IsEndpointOf(string id, string provider) => id.Split('/', 3) is [var name, _, _] && name == provider;

    /// <summary>Headers may carry credentials.</summary>
    private static string Shown(string name, string value) =>
        name.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase) || name.Equals("proxy", StringComparison.OrdinalIgnoreCase)
            ? Hidden
            : value;
}
