using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace InferenceBroker.Persistence.Sqlite;

internal sealed class SqliteGuidConverter()
    : ValueConverter<Guid, byte[]>(id => SqliteValues.ToBlob(id), blob => SqliteValues.ToGuid(blob));
