using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Admin;

/// <summary>Providers and models as they are in force.</summary>
internal static class ProviderEndpoints
{
    public static void MapProviders(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/providers", ListProvidersAsync);
        routes.MapGet("/admin/models", ListModels);
    }

    private static async Task<IResult> ListProvidersAsync(ProviderOverview overview, CancellationToken cancellationToken) =>
        Results.Json(
            new ListAnswer<ProviderAnswer>("list", await overview.ReadAsync(cancellationToken), HasMore: false),
            ApiJson.Default.ListAnswerProviderAnswer
        );

    private static IResult ListModels(ICatalogSource catalogs) =>
        Results.Json(RoutesAnswer.Of(catalogs.Current), ApiJson.Default.RoutesAnswer);
}
