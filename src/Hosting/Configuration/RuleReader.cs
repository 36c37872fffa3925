using System.Globalization;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Rules;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Reads one rule.</summary>
internal static class RuleReader
{
    public const string MetadataPrefix = "metadata.";
    public const string HeaderPrefix = "headers.";

    /// <summary>The conditions with a fixed name; those on metadata and headers name the entry after their prefix.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["model", "tenant", "minPromptTokens", "maxPromptTokens", "hasTools", "hasImages", "hasJsonSchema", "timeUtc"];

    private const string ExampleMetadata = MetadataPrefix + "NAME";
    private const string ExampleHeader = HeaderPrefix + "NAME";
    private const string TimeFormat = "HH:mm";

    public static RuleOptions Read(SectionReader section, FaultList faults)
    {
        var rule = new RuleOptions { When = [.. ReadWhen(section.Section("when"), faults)], Use = section.Text("use") ?? "" };
        section.Done();
        return rule;
    }

    private static IEnumerable<RuleCondition> ReadWhen(SectionReader when, FaultList faults)
    {
        var conditions = new List<RuleCondition?>
        {
            Text(when, "model", RuleField.Model, "", faults),
            Text(when, "tenant", RuleField.Tenant, "", faults),
            PromptTokens(when, faults),
            Capability(when, "hasTools", Capabilities.Tools),
            Capability(when, "hasImages", Capabilities.Vision),
            Capability(when, "hasJsonSchema", Capabilities.JsonSchema),
            TimeOfDay(when, faults),
        };
        foreach (var name in when.Names)
        {
            if (EntryOf(name, MetadataPrefix) is { } entry)
            {
                conditions.Add(Text(when, name, RuleField.Metadata, entry, faults));
            }
            else if (EntryOf(name, HeaderPrefix) is { } header)
            {
                conditions.Add(Text(when, name, RuleField.Header, header, faults));
            }
        }

        when.Done(ExampleMetadata, ExampleHeader);
        return conditions.OfType<RuleCondition>();
    }

    private static string? EntryOf(string name, string prefix) =>
        name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? name[prefix.Length..] : null;

    private static TextCondition? Text(SectionReader when, string name, RuleField field, string entry, FaultList faults)
    {
        if (!when.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var values = when.TextOrTexts(name);
        foreach (var value in values)
        {
            // A star elsewhere would be taken for a letter.
            var star = value.IndexOf('*', StringComparison.Ordinal);
            if (value.Length == 0 || (star >= 0 && star != value.Length - 1))
            {
                faults.Add(when.PathOf(name), $"'{value}' is not allowed (a text, or the beginning of one with one '*' at its end)");
            }
        }

        return new TextCondition(field, entry, [.. values.Select(v => new TextPattern(v))]);
    }

    private static PromptTokensCondition? PromptTokens(SectionReader when, FaultList faults)
    {
        var minimum = when.Integer("minPromptTokens", 0, int.MaxValue);
        var maximum = when.Integer("maxPromptTokens", 0, int.MaxValue);
        if (minimum > maximum)
        {
            faults.Add(when.PathOf("minPromptTokens"), $"'{minimum}' is above maxPromptTokens, which is '{maximum}'");
        }

        return minimum is null && maximum is null ? null : new PromptTokensCondition(minimum ?? 0, maximum ?? int.MaxValue);
    }

    private static CapabilityCondition? Capability(SectionReader when, string name, Capabilities capability) =>
        when.Flag(name) is { } isUsed ? new CapabilityCondition(capability, isUsed) : null;

    private static TimeOfDayCondition? TimeOfDay(SectionReader when, FaultList faults)
    {
        if (when.Text("timeUtc") is not { } text)
        {
            return null;
        }

        var times = text.Split('-');
        if (times.Length == 2 && Parse(times[0]) is { } from && Parse(times[1]) is { } to && from != to)
        {
            return new TimeOfDayCondition(from, to);
        }

        faults.Add(when.PathOf("timeUtc"), $"'{text}' is no window (two times of day in UTC, for example 22:00-06:00)");
        return null;
    }

    private static TimeOnly? Parse(string text) =>
        TimeOnly.TryParseExact(text.Trim(), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
