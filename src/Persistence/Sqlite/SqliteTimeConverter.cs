using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace InferenceBroker.Persistence.Sqlite;

internal sealed class SqliteTimeConverter()
    : ValueConverter<DateTimeOffset, long>(time => SqliteValues.ToMicroseconds(time), micros => SqliteValues.ToTime(micros));
