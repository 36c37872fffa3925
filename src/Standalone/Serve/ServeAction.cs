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
        builder.Services.AddHostedService<PastProcessesEnd>();
        var keys = BrokerKeys.Find(builder.Configuration, options.DataFolder);
        keys.AddTo(builder.Configuration);
        builder.Services.AddBrokerApi().AddBrokerScheduler().AddBrokerWorkers();
        ListenProbe.Check(builder.Configuration["urls"]);

        await using var app = builder.Build();
        DatabaseFiles.KeepToOwner(app.Services.GetRequiredService<BrokerSetup>());
        app.MapBrokerHealth();
        app.MapBrokerApi();
        await app.StartAsync(cancellationToken);
        foreach (var line in Welcome.Lines(app.Urls.First(), app.Services.GetRequiredService<BrokerSetup>(), keys))
        {
            await output.WriteLineAsync(line);
        }

        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Success;
    }
}
