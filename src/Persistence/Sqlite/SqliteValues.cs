namespace InferenceBroker.Persistence.Sqlite;

/// <summary>How .NET values are stored in SQLite.</summary>
internal static class SqliteValues
{
    public static long ToMicroseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static byte[] ToBlob(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid ToGuid(ReadOnlySpan<byte> blob) => new(blob, bigEndian: true);

    /// <summary>The value as a parameter of Microsoft.Data.Sqlite.</summary>
    public static object ToParameter(object? value) =>
        value switch
        {
            null => DBNull.Value,
            Guid id => ToBlob(id),
            DateTimeOffset time => ToMicroseconds(time),
            Guid[] ids => ToJson(ids),
            _ => value,
        };

    /// <summary>A JSON array of hexadecimal ids, for <c>unhex</c> over <c>json_each</c>.</summary>
    private static string ToJson(Guid[] ids) =>
        ids.Length == 0 ? "[]" : $"[\"{string.Join("\",\"", ids.Select(id => id.ToString("N")))}\"]";
}
