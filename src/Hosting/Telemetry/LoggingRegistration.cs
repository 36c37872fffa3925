using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace InferenceBroker.Hosting.Telemetry;

/// <summary>One line per entry on the console, times in UTC.</summary>
internal static class LoggingRegistration
{
    public static void AddBrokerLogging(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddConsole(options => options.FormatterName = LineFormatter.FormatterName);
        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
    }
}
