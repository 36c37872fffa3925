using System.Data.Common;
using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>Reads <c>uuid</c> and <c>timestamptz</c>.</summary>
internal sealed class PostgresColumnReader(DbDataReader reader) : ColumnReader(reader)
{
    protected override Guid ReadId(int ordinal) => Reader.GetGuid(ordinal);

    protected override DateTimeOffset ReadTime(int ordinal) => new(Reader.GetDateTime(ordinal), TimeSpan.Zero);
}
