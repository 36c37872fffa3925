using System.Buffers;
using System.Text.Json;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.OpenAI;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InferenceBroker.Providers.Simulated;

/// <summary>Serves a simulated provider over HTTP.</summary>
public static class SimulatedRoutes
{
    private static readonly string[] ListedModels =
    [
        "sim-fast",
        "sim-echo",
        "sim-slow-2s",
        "sim-flaky-30",
        "sim-429-3",
        "sim-500",
        "sim-hang",
        "sim-cut-5",
    ];

    /// <summary>Maps the OpenAI routes under <c>/v1</c>, the ledger <c>/stats</c> and the script <c>/control</c>.</summary>
    public static IEndpointRouteBuilder MapSimulatedProvider(this IEndpointRouteBuilder endpoints, SimulatedProvider provider)
    {
        foreach (var operation in Operations.Supported)
        {
            endpoints.MapPost(operation.Path(), context => HandleAsync(context, provider, operation));
        }

        endpoints.MapGet("/v1/models", WriteModelsAsync);
        endpoints.MapGet("/stats", context => WriteStatsAsync(context, provider));
        endpoints.MapDelete("/stats", context => ClearStats(context, provider));
        endpoints.MapPost("/control", context => ControlAsync(context, provider));
        return endpoints;
    }

    private static async Task HandleAsync(HttpContext context, SimulatedProvider provider, Operation operation)
    {
        var body = await ReadBodyAsync(context);
        var headers = context.Request.Headers;
        string? job = headers[JobIdHeader.Name];
        try
        {
            await provider.HandleAsync(
                operation,
                body,
                headers.Authorization.ToString(),
                job,
                new HttpWire(context),
                context.RequestAborted
            );
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away, which is what a hanging provider waits for.
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var length = context.Request.ContentLength is { } known and <= int.MaxValue ? (int)known : int.MaxValue;
        var read = await reader.ReadAtLeastAsync(length, context.RequestAborted);
        var body = read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        return body;
    }

    private static Task WriteModelsAsync(HttpContext context) =>
        WriteJsonAsync(
            context,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("object", "list");
                writer.WriteStartArray("data");
                foreach (var model in ListedModels)
                {
                    writer.WriteStartObject();
                    writer.WriteString("id", model);
                    writer.WriteString("object", "model");
                    writer.WriteNumber("created", 0);
                    writer.WriteString("owned_by", "simulated");
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }
        );

    private static Task WriteStatsAsync(HttpContext context, SimulatedProvider provider)
    {
        var withJobs = !string.Equals(context.Request.Query["jobs"], "false", StringComparison.OrdinalIgnoreCase);
        return WriteJsonAsync(context, writer => provider.Stats.WriteTo(writer, withJobs));
    }

    private static Task ClearStats(HttpContext context, SimulatedProvider provider)
    {
        provider.Stats.Clear();
        return WriteStatsAsync(context, provider);
    }

    private static async Task ControlAsync(HttpContext context, SimulatedProvider provider)
    {
        var body = await ReadBodyAsync(context);
        try
        {
            provider.Options = SimulatedSettings.Apply(provider.Options, SimulatedControl.ReadSettings(body));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await WriteJsonAsync(
                context,
                writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartObject("error");
                    writer.WriteString(
                        "message",
                        exception is FormatException ? exception.Message : "The body is no JSON object of settings."
                    );
                    writer.WriteString("type", "invalid_request_error");
                    writer.WriteNull("param");
                    writer.WriteNull("code");
                    writer.WriteEndObject();
                    writer.WriteEndObject();
                }
            );
        }
    }

    private static async Task WriteJsonAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
