using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Hosting.Health;
using InferenceBroker.Persistence.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Hosting;

/// <summary>Runs a role from <c>Program.cs</c>: wrong configuration ends it with one clear message and exit code 1.</summary>
public static class BrokerHost
{
    private const string HealthSwitch = "--health";

    /// <summary>Runs until the process is told to stop. With <c>--health</c> it only asks the running process of this role whether it is ready.</summary>
    /// <param name="role">One of <see cref="BrokerRoles"/>.</param>
    /// <param name="args">The command line: <c>--config FILE</c>, <c>--data DIR</c>, <c>--urls URLS</c>.</param>
    /// <param name="add">Adds the services of the role.</param>
    /// <param name="map">Maps its endpoints; health and metrics are mapped already.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string role,
        string[] args,
        Action<WebApplicationBuilder> add,
        Action<WebApplication>? map = null
    )
    {
        if (args.Contains(HealthSwitch))
        {
            return await HealthProbe.RunAsync(role, [.. args.Where(a => a != HealthSwitch)]);
        }

        return await GuardAsync(async () =>
        {
            var builder = WebApplication.CreateBuilder(args);
            builder.AddBrokerHosting(role);
            add(builder);
            await using var app = builder.Build();
            app.MapBrokerHealth();
            map?.Invoke(app);
            await app.RunAsync();
        });
    }

    /// <summary>Turns faults of the configuration into a message on the error stream and exit code 1.</summary>
    public static async Task<int> GuardAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (ConfigurationFaultsException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (DatabaseNotReadyException e)
        {
            await Console.Error.WriteLineAsync($"The broker does not start. {e.Message}");
        }
        catch (OptionsValidationException e)
        {
            await WriteAsync([e]);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            await WriteAsync(e.InnerExceptions.Cast<OptionsValidationException>());
        }

        return 1;
    }

    private static Task WriteAsync(IEnumerable<OptionsValidationException> exceptions) =>
        Console.Error.WriteLineAsync(
            new ConfigurationFaultsException("The configuration", [.. exceptions.SelectMany(OptionFaults.Of)]).Message
        );
}
