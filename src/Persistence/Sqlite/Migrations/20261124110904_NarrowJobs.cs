using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InferenceBroker.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class NarrowJobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "ix_jobs_in_flight", table: "jobs");

            migrationBuilder.DropIndex(name: "ix_jobs_not_started_by_deadline", table: "jobs");

            migrationBuilder.DropIndex(name: "ix_jobs_of_batch", table: "jobs");

            migrationBuilder.DropIndex(name: "ix_jobs_of_tenant", table: "jobs");

            migrationBuilder.DropIndex(name: "ix_jobs_queued", table: "jobs");

            migrationBuilder.AddColumn<string>(name: "batch_id", table: "job_payloads", type: "TEXT", nullable: true);

            migrationBuilder.AddColumn<string>(name: "custom_id", table: "job_payloads", type: "TEXT", nullable: true);

            migrationBuilder.AddColumn<string>(name: "metadata", table: "job_payloads", type: "TEXT", nullable: true);

            migrationBuilder.AddColumn<int>(name: "tenant_id", table: "job_payloads", type: "INTEGER", nullable: false, defaultValue: 0);

            migrationBuilder.Sql(
                """
                UPDATE job_payloads SET tenant_id = jobs.tenant_id, batch_id = jobs.batch_id, custom_id = jobs.custom_id, metadata = jobs.metadata
                FROM jobs WHERE jobs.id = job_id;
                UPDATE jobs SET dispatched_at = NULL WHERE dispatched_at IS NOT NULL AND state NOT IN (1, 2);
                """
            );

            migrationBuilder.DropColumn(name: "batch_id", table: "jobs");

            migrationBuilder.DropColumn(name: "custom_id", table: "jobs");

            migrationBuilder.DropColumn(name: "metadata", table: "jobs");

            migrationBuilder.CreateIndex(name: "ix_jobs_in_flight", table: "jobs", column: "id", filter: "dispatched_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_not_ended_by_deadline",
                table: "jobs",
                column: "deadline",
                filter: "deadline IS NOT NULL AND ended_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_jobs_queued",
                table: "jobs",
                columns: new[] { "tenant_id", "lane", "id" },
                filter: "dispatched_at IS NULL AND ended_at IS NULL"
            );

            migrationBuilder.AddCheckConstraint(
                name: "ck_jobs_dispatched",
                table: "jobs",
                sql: "(dispatched_at IS NOT NULL) = (state IN (1, 2))"
            );

            migrationBuilder.AddCheckConstraint(name: "ck_jobs_ended", table: "jobs", sql: "(ended_at IS NOT NULL) = (state >= 3)");

            migrationBuilder.CreateIndex(
                name: "ix_job_payloads_of_batch",
                table: "job_payloads",
                columns: new[] { "batch_id", "job_id" },
                filter: "batch_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_job_payloads_of_tenant",
                table: "job_payloads",
                columns: new[] { "tenant_id", "job_id" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "ix_jobs_in_flight", table: "jobs");

            migrationBuilder.DropIndex(name: "ix_jobs_not_ended_by_deadline", table: "jobs");

            migrationBuilder.DropIndex(name: "ix_jobs_queued", table: "jobs");

            migrationBuilder.DropCheckConstraint(name: "ck_jobs_dispatched", table: "jobs");

            migrationBuilder.DropCheckConstraint(name: "ck_jobs_ended", table: "jobs");

            migrationBuilder.DropIndex(name: "ix_job_payloads_of_batch", table: "job_payloads");

            migrationBuilder.DropIndex(name: "ix_job_payloads_of_tenant", table: "job_payloads");

            migrationBuilder.AddColumn<string>(name: "batch_id", table: "jobs", type: "TEXT", nullable: true);

            migrationBuilder.AddColumn<string>(name: "custom_id", table: "jobs", type: "TEXT", nullable: true);

            migrationBuilder.AddColumn<string>(name: "metadata", table: "jobs", type: "TEXT", nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE jobs SET batch_id = job_payloads.batch_id, custom_id = job_payloads.custom_id, metadata = job_payloads.metadata
                FROM job_payloads WHERE job_payloads.job_id = id;
                """
            );

            migrationBuilder.DropColumn(name: "batch_id", table: "job_payloads");

            migrationBuilder.DropColumn(name: "custom_id", table: "job_payloads");

            migrationBuilder.DropColumn(name: "metadata", table: "job_payloads");

            migrationBuilder.DropColumn(name: "tenant_id", table: "job_payloads");

            migrationBuilder.CreateIndex(name: "ix_jobs_in_flight", table: "jobs", column: "state", filter: "state IN (1, 2)");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_not_started_by_deadline",
                table: "jobs",
                column: "deadline",
                filter: "state IN (0, 1) AND deadline IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_jobs_of_batch",
                table: "jobs",
                columns: new[] { "batch_id", "id" },
                filter: "batch_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "ix_jobs_of_tenant", table: "jobs", columns: new[] { "tenant_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_jobs_queued",
                table: "jobs",
                columns: new[] { "tenant_id", "lane", "id" },
                filter: "state = 0"
            );
        }
    }
}
