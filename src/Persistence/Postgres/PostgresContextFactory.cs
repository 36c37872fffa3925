using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>For <c>dotnet ef migrations add NAME --context PostgresContext --output-dir Postgres/Migrations</c>; opens no connection.</summary>
internal sealed class PostgresContextFactory : IDesignTimeDbContextFactory<PostgresContext>
{
    public PostgresContext CreateDbContext(string[] args) => new(Options(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql()));

    internal static DbContextOptions<PostgresContext> Options(DbContextOptionsBuilder<PostgresContext> builder) =>
        builder.UseSnakeCaseNamingConvention().Options;
}
