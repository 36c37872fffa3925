using System.Data.Common;
using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Sqlite;

/// <summary>Reads ids from BLOBs and times from microseconds.</summary>
internal sealed class SqliteColumnReader(DbDataReader reader) : ColumnReader(reader)
{
    protected override Guid ReadId(int ordinal) => SqliteValues.ToGuid(Reader.GetFieldValue<byte[]>(ordinal));

    protected override DateTimeOffset ReadTime(int ordinal) => SqliteValues.ToTime(Reader.GetInt64(ordinal));
}
