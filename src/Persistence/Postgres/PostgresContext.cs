using InferenceBroker.Persistence.Model;
using Microsoft.EntityFrameworkCore;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>The schema on PostgreSQL.</summary>
internal sealed class PostgresContext(DbContextOptions<PostgresContext> options) : BrokerContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // Tenant 1 is "default": it is made at the first start, with its number.
        modelBuilder.Entity<TenantRow>().Property(row => row.Id).UseIdentityByDefaultColumn().HasIdentityOptions(startValue: 2);

        // Attempts are only ever added, in the order of their ends: a few bytes for each range of pages tell where a time is.
        modelBuilder.Entity<AttemptRow>().HasIndex(row => row.EndedAt).HasDatabaseName("ix_attempts_by_end").HasMethod("brin");
        modelBuilder.Entity<ApiKeyRow>().Property(row => row.Id).UseIdentityByDefaultColumn();
    }
}
