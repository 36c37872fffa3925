using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InferenceBroker.Persistence.Model;

/// <summary>The jobs table and its few indexes: each one is paid for at every move of a job, so most hold only the jobs they are for.</summary>
internal sealed class JobConfiguration : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> builder)
    {
        builder.ToTable("jobs");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder
            .HasIndex(row => new
            {
                row.TenantId,
                row.Lane,
                row.Id,
            })
            .HasFilter("state = 0")
            .HasDatabaseName("ix_jobs_queued");
        builder.HasIndex(row => row.State).HasFilter("state IN (1, 2)").HasDatabaseName("ix_jobs_in_flight");
        builder.HasIndex(row => new { row.TenantId, row.Id }).HasDatabaseName("ix_jobs_of_tenant");
        builder
            .HasIndex(row => row.Deadline)
            .HasFilter("state IN (0, 1) AND deadline IS NOT NULL")
            .HasDatabaseName("ix_jobs_not_started_by_deadline");
        builder.HasIndex(row => new { row.BatchId, row.Id }).HasFilter("batch_id IS NOT NULL").HasDatabaseName("ix_jobs_of_batch");
    }
}
