using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace InferenceBroker.Hosting.Telemetry;

/// <summary>
/// Writes <c>2026-01-02T03:04:05.678Z warn Scheduler.Recovery.Sweeper: message</c>. .NET's own formatter adds event ids, which are hash values for generated
/// log methods and tell an operator nothing.
/// </summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";
    private const string OwnPrefix = "InferenceBroker.";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var category = logEntry.Category.AsSpan();
        if (category.StartsWith(OwnPrefix, StringComparison.Ordinal))
        {
            category = category[OwnPrefix.Length..];
        }

        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture));
        textWriter.Write(NameOf(logEntry.LogLevel));
        textWriter.Write(' ');
        textWriter.Write(category);
        textWriter.Write(": ");
        textWriter.Write(OnOneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            textWriter.Write(OnOneLine(exception.ToString()));
        }

        textWriter.WriteLine();
    }

    /// <summary>Also keeps a text from outside from forging a second line.</summary>
    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ");

    private static string NameOf(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
}
