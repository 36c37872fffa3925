using InferenceBroker.Hosting;
using InferenceBroker.Standalone.CommandLine;
using InferenceBroker.Standalone.DataFolder;
using InferenceBroker.Standalone.Hosts;
using InferenceBroker.Standalone.Run.Progress;

namespace InferenceBroker.Standalone.Run;

/// <summary>The command <c>run</c>.</summary>
internal sealed class RunAction(TextWriter output, IProgressView progress, TimeProvider time)
{
    public async Task<int> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var paths = RunPaths.Resolve(options.Input, options.Output);
        using var folder = DataFolderLock.Take(options.DataFolder);
        using var interruption = Interruption.Listen(output.WriteLine);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, interruption.Token);
        await using var host = RunHost.Build(options);
        using var session = new RunSession(RunHost.BrokerOf(host.Services), options, paths);
        var started = time.GetTimestamp();
        var finished = false;
        try
        {
            finished = await WorkAsync(host, session, stop.Token);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }

        if (!finished)
        {
            await session.CollectLateAsync(CancellationToken.None);
        }

        var figures = session.Figures.Snapshot();
        var again = RunSummary.SameCommand(session.HasStartedOver);
        var hasTakenStock = finished || figures.Total > 0;
        foreach (var line in hasTakenStock ? RunSummary.Lines(figures, paths, time.GetElapsedTime(started), again) : [])
        {
            await output.WriteLineAsync(line);
        }

        if (!finished)
        {
            await output.WriteLineAsync($"Interrupted: {again} goes on where this one stopped.");
            return ExitCodes.Interrupted;
        }

        return figures.Answered == figures.Total ? ExitCodes.Success : ExitCodes.Incomplete;
    }

    /// <summary>False: interrupted.</summary>
    private async Task<bool> WorkAsync(WebApplication host, RunSession session, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
            await output.WriteLineAsync(SetupText.Providers(host.Services.GetRequiredService<BrokerSetup>()));
            await session.PrepareAsync(cancellationToken);
            await output.WriteLineAsync(RunSummary.Start(session.Figures.Snapshot()));
            var work = session.RunAsync(cancellationToken);
            await progress.ShowAsync(work, session.Figures.Snapshot);
            await work;
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
