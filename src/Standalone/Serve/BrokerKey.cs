using InferenceBroker.Standalone.DataFolder;

namespace InferenceBroker.Standalone.Serve;

/// <summary>A key and where it comes from.</summary>
/// <param name="File">Null: it was given in the environment.</param>
/// <param name="Created">It was made just now, so it is shown this once.</param>
internal sealed record BrokerKey(string Variable, string Secret, string? File, bool Created)
{
    public static BrokerKey Find(IConfiguration configuration, string variable, string file)
    {
        if (configuration[variable] is { Length: > 0 } given)
        {
            return new BrokerKey(variable, given, File: null, Created: false);
        }

        var (secret, created) = SecretFile.ReadOrCreate(file);
        return new BrokerKey(variable, secret, file, created);
    }

    /// <summary>The key as a shell reads it, so that no secret stands in the history.</summary>
    public string ShellReference(Func<string, string> shorten) => File is null ? $"${Variable}" : $"$(cat {shorten(File)})";

    public override string ToString() => Variable;
}
