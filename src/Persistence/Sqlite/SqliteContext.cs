using InferenceBroker.Persistence.Model;
using Microsoft.EntityFrameworkCore;

namespace InferenceBroker.Persistence.Sqlite;

/// <summary>
/// The schema on SQLite. Ids are 16-byte BLOBs in big-endian order and times are INTEGER microseconds since 1970, so that both sort as they do
/// in PostgreSQL.
/// </summary>
internal sealed class SqliteContext(DbContextOptions<SqliteContext> options) : BrokerContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<SqliteTimeConverter>();
        configurationBuilder.Properties<Guid>().HaveConversion<SqliteGuidConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<TenantRow>().Property(row => row.Id).ValueGeneratedOnAdd();
        modelBuilder.Entity<ApiKeyRow>().Property(row => row.Id).ValueGeneratedOnAdd();
    }
}
