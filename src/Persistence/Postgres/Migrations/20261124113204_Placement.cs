using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InferenceBroker.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Placement : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "limits", table: "tenants", type: "text", nullable: true);

            migrationBuilder.AddColumn<long>(name: "affinity", table: "jobs", type: "bigint", nullable: true);

            migrationBuilder.AddColumn<long>(name: "batch_hash", table: "jobs", type: "bigint", nullable: false, defaultValue: 0L);

            migrationBuilder.AddColumn<int>(name: "needs", table: "jobs", type: "integer", nullable: false, defaultValue: 0);

            migrationBuilder.AddColumn<string>(name: "route", table: "jobs", type: "text", nullable: true);

            migrationBuilder.AddColumn<string>(name: "limits", table: "api_keys", type: "text", nullable: true);

            migrationBuilder.CreateTable(
                name: "controls",
                columns: table => new
                {
                    target = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_controls", x => x.target);
                }
            );

            migrationBuilder.CreateTable(
                name: "endpoint_health",
                columns: table => new
                {
                    endpoint = table.Column<string>(type: "text", nullable: false),
                    snapshot = table.Column<string>(type: "text", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_endpoint_health", x => x.endpoint);
                }
            );

            migrationBuilder.CreateTable(
                name: "spend",
                columns: table => new
                {
                    tenant_id = table.Column<int>(type: "integer", nullable: false),
                    api_key_id = table.Column<int>(type: "integer", nullable: false),
                    day = table.Column<int>(type: "integer", nullable: false),
                    cost = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "pk_spend",
                        x => new
                        {
                            x.tenant_id,
                            x.api_key_id,
                            x.day,
                        }
                    );
                }
            );

            migrationBuilder
                .CreateIndex(name: "ix_attempts_by_end", table: "attempts", column: "ended_at")
                .Annotation("Npgsql:IndexMethod", "brin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "controls");

            migrationBuilder.DropTable(name: "endpoint_health");

            migrationBuilder.DropTable(name: "spend");

            migrationBuilder.DropIndex(name: "ix_attempts_by_end", table: "attempts");

            migrationBuilder.DropColumn(name: "limits", table: "tenants");

            migrationBuilder.DropColumn(name: "affinity", table: "jobs");

            migrationBuilder.DropColumn(name: "batch_hash", table: "jobs");

            migrationBuilder.DropColumn(name: "needs", table: "jobs");

            migrationBuilder.DropColumn(name: "route", table: "jobs");

            migrationBuilder.DropColumn(name: "limits", table: "api_keys");
        }
    }
}
