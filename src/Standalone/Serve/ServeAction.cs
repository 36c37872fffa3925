using InferenceBroker.Api;
using InferenceBroker.Hosting;
using InferenceBroker.Scheduler;
using InferenceBroker.Standalone.CommandLine;
using InferenceBroker.Standalone.DataFolder;
using InferenceBroker.Standalone.Hosts;
using InferenceBroker.Workers;

namespace InferenceBroker.Standalone.Serve;

/// <summary>The command <c>serve</c>: all roles in one process.</summary>
internal sealed class ServeAction(TextWriter output)
{
    public async Task<int> RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        using var folder = DataFolderLock.Take(options.DataFolder);
        var builder = WebApplication.CreateBuilder(HostArguments.Of(options.DataFolder, options.ConfigFile, options.Urls));
        builder.AddBrokerHosting(BrokerRoles.Standalone);
        var keys = BrokerKeys.Find(builder.Configuration, options.DataFolder);
        keys.AddTo(builder.Configuration);
        builder.Services.AddBrokerApi().AddBrokerScheduler().AddBrokerWorkers();

        await using var app = builder.Build();
        app.MapBrokerHealth();
        app.MapBrokerApi();
        await StartAsync(app, cancellationToken);
        foreach (var line in Welcome.Lines(app.Urls.First(), app.Services.GetRequiredService<BrokerSetup>(), keys))
        {
            await output.WriteLineAsync(line);
        }

        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Success;
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new UsageException($"The server cannot listen: {e.Message} Choose another address with --urls.", e);
        }
    }
}
