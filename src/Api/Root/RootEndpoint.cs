using System.Reflection;

namespace InferenceBroker.Api.Root;

/// <summary>Answers whoever opens the address in a browser. Open to everybody: it tells nothing about what is configured.</summary>
internal static class RootEndpoint
{
    private static readonly RootAnswer Answer = new(
        "Inference Broker",
        typeof(RootEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        "/v1/models",
        "/health/ready",
        "/metrics",
        "docs/api.md, in the source of this version"
    );

    public static void MapRoot(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", static () => Results.Json(Answer, ApiJson.Default.RootAnswer));
}
