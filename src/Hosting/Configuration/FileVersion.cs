using System.Security.Cryptography;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>A file's content at one moment.</summary>
/// <param name="Modified">Part of the version, so that touching the file is a change: the files of its secrets are read again.</param>
/// <param name="Hash">Of the content. Time and length alone stay the same where a file is swapped for one made in the same moment.</param>
internal sealed record FileVersion(DateTime Modified, string Hash, ReadOnlyMemory<byte> Content)
{
    /// <summary>Follows links.</summary>
    public static FileVersion Read(string path)
    {
        var modified = File.GetLastWriteTimeUtc(path);
        var content = File.ReadAllBytes(path);
        return new FileVersion(modified, Convert.ToHexString(SHA256.HashData(content)), content);
    }

    public bool Equals(FileVersion? other) => other is not null && Modified == other.Modified && Hash == other.Hash;

    public override int GetHashCode() => HashCode.Combine(Modified, Hash);
}
