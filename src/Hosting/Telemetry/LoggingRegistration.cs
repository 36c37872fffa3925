using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace InferenceBroker.Hosting.Telemetry;

/// <summary>One line per entry on the console, times in UTC.</summary>
internal static class LoggingRegistration
{
    public static void AddBrokerLogging(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            options.ColorBehavior = LoggerColorBehavior.Disabled;
        });
    }
}
