using System.Data.Common;

namespace InferenceBroker.Persistence.Sql;

/// <summary>Reads the columns of a row from left to right, in the way in which this database stores ids and times. Not thread safe.</summary>
internal abstract class ColumnReader(DbDataReader reader)
{
    private int _next;

    protected DbDataReader Reader { get; } = reader;

    public void StartRow() => _next = 0;

    public short Short() => Reader.GetInt16(_next++);

    public int Int() => Reader.GetInt32(_next++);

    public long Long() => Reader.GetInt64(_next++);

    public bool Bool() => Reader.GetBoolean(_next++);

    public string Text() => Reader.GetString(_next++);

    public byte[] Bytes() => Reader.GetFieldValue<byte[]>(_next++);

    public Guid Id() => ReadId(_next++);

    public DateTimeOffset Time() => ReadTime(_next++);

    public int? IntOrNull() => Reader.IsDBNull(_next) ? SkipNull<int?>() : Int();

    public long? LongOrNull() => Reader.IsDBNull(_next) ? SkipNull<long?>() : Long();

    public string? TextOrNull() => Reader.IsDBNull(_next) ? SkipNull<string?>() : Text();

    public byte[]? BytesOrNull() => Reader.IsDBNull(_next) ? SkipNull<byte[]?>() : Bytes();

    public DateTimeOffset? TimeOrNull() => Reader.IsDBNull(_next) ? SkipNull<DateTimeOffset?>() : Time();

    protected abstract Guid ReadId(int ordinal);

    protected abstract DateTimeOffset ReadTime(int ordinal);

    /// <summary>Passes over columns that are not wanted.</summary>
    public void Skip(int columns) => _next += columns;

    private T? SkipNull<T>()
    {
        _next++;
        return default;
    }
}
