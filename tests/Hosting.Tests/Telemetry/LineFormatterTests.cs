using InferenceBroker.Hosting.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Telemetry;

public sealed class LineFormatterTests
{
    [Fact]
    public void Write_OwnCategory_IsOneShortLine() =>
        Format(LogLevel.Warning, "InferenceBroker.Workers.Pool", "low\nand slow", exception: null)
            .ShouldBe($"2030-01-01T00:00:00.000Z warn Workers.Pool: low and slow{Environment.NewLine}");

    [Fact]
    public void Write_Exception_StaysOnTheLine() =>
        Format(LogLevel.Error, "Npgsql.Command", "failed", new InvalidOperationException("one\r\ntwo"))
            .ShouldBe(
                $"2030-01-01T00:00:00.000Z fail Npgsql.Command: failed System.InvalidOperationException: one two{Environment.NewLine}"
            );

    private static string Format(LogLevel level, string category, string message, Exception? exception)
    {
        var formatter = new LineFormatter(new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        using var writer = new StringWriter();
        formatter.Write(
            new LogEntry<string>(level, category, default, message, exception, (state, _) => state),
            scopeProvider: null,
            writer
        );
        return writer.ToString();
    }
}
