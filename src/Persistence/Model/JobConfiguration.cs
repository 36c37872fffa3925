using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InferenceBroker.Persistence.Model;

/// <summary>
/// The jobs table and its few indexes: each one is paid for when a job is dispatched and when it ends, so they hold only the jobs they are for,
/// and none of them names a column that changes in between (see <see cref="Sql.StateFilters"/>).
/// </summary>
internal sealed class JobConfiguration : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> builder)
    {
        builder.ToTable(
            "jobs",
            table =>
            {
                table.HasCheckConstraint("ck_jobs_dispatched", "(dispatched_at IS NOT NULL) = (state IN (1, 2))");
                table.HasCheckConstraint("ck_jobs_ended", "(ended_at IS NOT NULL) = (state >= 3)");
            }
        );
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder
            .HasIndex(row => new
            {
                row.TenantId,
                row.Lane,
                row.Id,
            })
            .HasFilter("dispatched_at IS NULL AND ended_at IS NULL")
            .HasDatabaseName("ix_jobs_queued");
        builder.HasIndex(row => row.Id).HasFilter("dispatched_at IS NOT NULL").HasDatabaseName("ix_jobs_in_flight");
        builder
            .HasIndex(row => row.Deadline)
            .HasFilter("deadline IS NOT NULL AND ended_at IS NULL")
            .HasDatabaseName("ix_jobs_not_ended_by_deadline");
    }
}
