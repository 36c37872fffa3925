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
        // The token is the request's: once the headers are there the answer lives on until its reader leaves it.
        await using var registration = cancellationToken.UnsafeRegister(static wire => ((PipeWire)wire!).Dispose(), wire);
        _ = PlayAsync(operation, body, First(request, "Authorization") ?? "", First(request, JobIdHeader.Name), wire);
        return await wire.Response;
    }

    private async Task PlayAsync(Operation operation, byte[] body, string key, string? job, PipeWire wire)
    {
        try
        {
            await provider.HandleAsync(operation, body, key, job, wire, wire.Left);
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
