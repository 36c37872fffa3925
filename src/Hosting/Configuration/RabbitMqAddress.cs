using System.Data.Common;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Reads RabbitMQ's address as an AMQP URI, as <c>host=…;port=…;virtualHost=…;username=…;password=…</c>, or as <c>host</c> or <c>host:port</c>.</summary>
internal static class RabbitMqAddress
{
    private const string Path = "ConnectionStrings:RabbitMq";
    private static readonly string[] Known = ["host", "port", "virtualhost", "username", "password", "ssl"];

    /// <exception cref="ConfigurationFaultsException">It cannot be understood. The message does not show it, since it may hold a password.</exception>
    public static string ToUri(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps"
                ? text
                : throw Fault("must begin with amqp:// or amqps:// and be a valid URI");
        }

        return text.Contains('=', StringComparison.Ordinal) ? FromParts(text) : $"amqp://{text.Trim()}/";
    }

    private static string FromParts(string text)
    {
        DbConnectionStringBuilder parts;
        try
        {
            parts = new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            throw Fault("must look like host=rabbit;username=broker;password=…");
        }

        if (parts.Keys.Cast<string>().FirstOrDefault(k => !Known.Contains(k, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Fault($"'{unknown}' is not known here ({string.Join(", ", Known)})");
        }

        var user = Part(parts, "username") is { } name
            ? $"{Uri.EscapeDataString(name)}:{Uri.EscapeDataString(Part(parts, "password") ?? "")}@"
            : "";
        var port = Part(parts, "port") is { } number ? $":{number}" : "";
        var scheme = bool.TryParse(Part(parts, "ssl"), out var ssl) && ssl ? "amqps" : "amqp";
        var virtualHost = Part(parts, "virtualhost")?.Trim('/') is { Length: > 0 } named ? Uri.EscapeDataString(named) : "";
        return $"{scheme}://{user}{Part(parts, "host") ?? "localhost"}{port}/{virtualHost}";
    }

    private static string? Part(DbConnectionStringBuilder parts, string name) =>
        parts.TryGetValue(name, out var value) ? value.ToString() : null;

    private static ConfigurationFaultsException Fault(string message) => new("The environment", [new(Path, message)]);
}
