using Microsoft.EntityFrameworkCore;

namespace InferenceBroker.Persistence.Model;

/// <summary>
/// The schema of both databases, and the ordinary queries. There are no foreign keys: the hot path pays for every check, and whoever
/// deletes a job deletes what belongs to it in the same transaction.
/// </summary>
internal abstract class BrokerContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<TenantRow> Tenants => Set<TenantRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new JobConfiguration());
        modelBuilder.Entity<JobPayloadRow>(x =>
        {
            KeyedByJob(x.ToTable("job_payloads").HasKey(row => row.JobId));
            x.HasIndex(row => new { row.TenantId, row.JobId }).HasDatabaseName("ix_job_payloads_of_tenant");
            x.HasIndex(row => new { row.BatchId, row.JobId }).HasFilter("batch_id IS NOT NULL").HasDatabaseName("ix_job_payloads_of_batch");
        });
        modelBuilder.Entity<JobResultRow>(x => KeyedByJob(x.ToTable("job_results").HasKey(row => row.JobId)));
        modelBuilder.Entity<AttemptRow>(x =>
        {
            x.ToTable("attempts").HasKey(row => new { row.JobId, row.Number });
            x.HasIndex(row => row.EndedAt).HasDatabaseName("ix_attempts_by_end");
        });
        modelBuilder.Entity<JobEventRow>(x => x.ToTable("job_events").HasKey(row => new { row.JobId, row.FirstSeq }));
        modelBuilder.Entity<LeaseRow>(x => x.ToTable("leases").HasKey(row => row.Name));
        modelBuilder.Entity<IdempotencyKeyRow>(x =>
        {
            x.ToTable("idempotency_keys").HasKey(row => new { row.TenantId, row.Key });
            x.HasIndex(row => row.CreatedAt);
        });
        modelBuilder.Entity<EndpointHealthRow>(x => x.ToTable("endpoint_health").HasKey(row => row.Endpoint));
        modelBuilder.Entity<ControlRow>(x => x.ToTable("controls").HasKey(row => row.Target));
        modelBuilder.Entity<SpendRow>(x =>
            x.ToTable("spend")
                .HasKey(row => new
                {
                    row.TenantId,
                    row.ApiKeyId,
                    row.Day,
                })
        );
        modelBuilder.Entity<WorkerRow>(x => x.ToTable("workers").Property(row => row.Id).ValueGeneratedNever());
        modelBuilder.Entity<TenantRow>(x => x.ToTable("tenants").HasIndex(row => row.Name).IsUnique());
        modelBuilder.Entity<ApiKeyRow>(x => x.ToTable("api_keys").HasIndex(row => row.Hash).IsUnique());
    }

    private static void KeyedByJob(Microsoft.EntityFrameworkCore.Metadata.Builders.KeyBuilder key) =>
        key.Metadata.Properties[0].ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
}
