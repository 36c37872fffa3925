using System.Security.Cryptography;

namespace InferenceBroker.Standalone.DataFolder;

/// <summary>A secret that is made at the first start and kept in a file that only its owner can read.</summary>
internal static class SecretFile
{
    private const string Prefix = "sk-brk-";

    /// <summary>Reads the secret, or makes it; <c>Created</c> tells whether it should be shown to the operator now.</summary>
    public static (string Secret, bool Created) ReadOrCreate(string path)
    {
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } stored)
        {
            return (stored, false);
        }

        var secret = Prefix + RandomNumberGenerator.GetHexString(48, lowercase: true);
        Write(path, secret);
        return (secret, true);
    }

    private static void Write(string path, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.WriteLine(secret);
    }
}
