using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InferenceBroker.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Placement : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "limits", table: "tenants", type: "TEXT", nullable: true);

            migrationBuilder.AddColumn<long>(name: "affinity", table: "jobs", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<long>(name: "batch_hash", table: "jobs", type: "INTEGER", nullable: false, defaultValue: 0L);

            migrationBuilder.AddColumn<int>(name: "needs", table: "jobs", type: "INTEGER", nullable: false, defaultValue: 0);

            migrationBuilder.AddColumn<string>(name: "route", table: "jobs", type: "TEXT", nullable: true);

            migrationBuilder.AddColumn<string>(name: "limits", table: "api_keys", type: "TEXT", nullable: true);

            migrationBuilder.CreateTable(
                name: "controls",
                columns: table => new
                {
                    target = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
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
                    endpoint = table.Column<string>(type: "TEXT", nullable: false),
                    snapshot = table.Column<string>(type: "TEXT", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
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
                    tenant_id = table.Column<int>(type: "INTEGER", nullable: false),
                    api_key_id = table.Column<int>(type: "INTEGER", nullable: false),
                    day = table.Column<int>(type: "INTEGER", nullable: false),
                    cost = table.Column<long>(type: "INTEGER", nullable: false),
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

            migrationBuilder.CreateIndex(name: "ix_attempts_by_end", table: "attempts", column: "ended_at");
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
