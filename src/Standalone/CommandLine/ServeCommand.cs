using System.CommandLine;
using InferenceBroker.Standalone.Serve;

namespace InferenceBroker.Standalone.CommandLine;

internal static class ServeCommand
{
    public static Command Create(Func<ServeOptions, CancellationToken, Task<int>> action)
    {
        var config = SharedOptions.Config();
        var data = SharedOptions.Data();
        var urls = new Option<string?>("--urls")
        {
            Description = $"Where to listen, several separated by ';'. Default: ASPNETCORE_URLS, else {ServeOptions.DefaultUrls}.",
            HelpName = "URLS",
        };
        var command = new Command("serve", "Serves the API: all roles in one process, until Ctrl-C.") { config, urls, data };
        command.SetAction(
            (parsed, cancellationToken) =>
                action(
                    new ServeOptions
                    {
                        ConfigFile = SharedOptions.ConfigFileOf(parsed.GetValue(config)),
                        DataFolder = SharedOptions.DataFolderOf(parsed.GetValue(data)),
                        Urls = parsed.GetValue(urls),
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
