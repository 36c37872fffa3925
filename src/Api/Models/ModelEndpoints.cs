using InferenceBroker.Api.Errors;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Models;

/// <summary>The configured models.</summary>
internal static class ModelEndpoints
{
    private const string Owner = "inference-broker";

    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", List);
        routes.MapGet("/v1/models/{**id}", Get);
    }

    private static IResult List(ICatalogSource catalogs)
    {
        var routes = catalogs.Current.Routes;
        var models = routes.Where(r => !r.IsPattern).Select(r => Answer(r.Name));
        var patterns = routes.Where(r => r.IsPattern).Select(r => r.Name);
        return Results.Json(new ModelListAnswer("list", [.. models], [.. patterns]), ApiJson.Default.ModelListAnswer);
    }

    private static IResult Get(string id, ICatalogSource catalogs)
    {
        var catalog = catalogs.Current;
        return catalog.FindRoute(id) is null
            ? new ErrorResult(ApiError.ModelNotFound(id, catalog, "model"))
            : Results.Json(Answer(id), ApiJson.Default.ModelAnswer);
    }

    /// <summary>Nobody knows when a configured model was created, but SDKs insist on an integer.</summary>
    private static ModelAnswer Answer(string name) => new(name, "model", 0, Owner);
}
