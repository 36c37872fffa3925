using InferenceBroker.Api.Auth;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Api.Inference;

/// <summary>OpenAI's inference routes, answered through the queue.</summary>
internal static class InferenceEndpoints
{
    public static void MapInference(this IEndpointRouteBuilder routes)
    {
        foreach (var operation in Operations.Supported)
        {
            routes.MapPost(
                operation.Path(),
                (HttpContext context, Caller caller, InferenceCall call) => call.AnswerAsync(context, caller, operation)
            );
        }
    }
}
