using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.OpenAI;

namespace InferenceBroker.Providers.Simulated;

/// <summary>
/// Takes the requests of the OpenAI dialect to a simulated provider in the same process. So the caller's whole code runs, and the results are those that a
/// network would give.
/// </summary>
internal sealed class SimulatedHandler(SimulatedProvider provider) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var operation = Operations.FromPath(request.RequestUri!.AbsolutePath) ?? Operation.ChatCompletions;
        var body = request.Content is SplicedContent content ? content.ToArray() : [];
        var wire = new PipeWire();
        _ = PlayAsync(operation, body, First(request, "Authorization") ?? "", First(request, JobIdHeader.Name), wire, cancellationToken);
        return await wire.Response;
    }

    private async Task PlayAsync(
        Operation operation,
        byte[] body,
        string key,
        string? job,
        PipeWire wire,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await provider.HandleAsync(operation, body, key, job, wire, cancellationToken);
            wire.End(null);
        }
        catch (Exception exception)
        {
            // The caller sees it when it reads; nobody else waits for this task.
            wire.End(exception);
        }
    }

    private static string? First(HttpRequestMessage request, string name) =>
        request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
