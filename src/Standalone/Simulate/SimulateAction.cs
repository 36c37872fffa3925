using InferenceBroker.Providers.Simulated;
using InferenceBroker.Standalone.CommandLine;

namespace InferenceBroker.Standalone.Simulate;

/// <summary>The command <c>simulate</c>: a provider that speaks OpenAI's dialect and costs nothing.</summary>
internal sealed class SimulateAction(TextWriter output)
{
    public async Task<int> RunAsync(SimulateOptions options, CancellationToken cancellationToken)
    {
        using var interruption = Interruption.Listen(_ => { });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, interruption.Token);
        await using var server = await StartAsync(options, stop.Token);
        await output.WriteLineAsync($"Simulated provider: set a provider's baseUrl to {server.BaseUrl}. Its ledger: {server.Address}stats");
        await server.WaitForShutdownAsync(stop.Token);
        return ExitCodes.Success;
    }

    private static async Task<SimulatedServer> StartAsync(SimulateOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await SimulatedServer.StartAsync(
                SimulatedSettings.Parse(options.Settings),
                options.Port,
                cancellationToken: cancellationToken
            );
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message, e);
        }
        catch (IOException e)
        {
            throw new UsageException($"Port {options.Port} cannot be used: {e.Message}", e);
        }
    }
}
