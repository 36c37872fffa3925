using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace InferenceBroker.Persistence.Sqlite;

/// <summary>For <c>dotnet ef migrations add NAME --context SqliteContext --output-dir Sqlite/Migrations</c>; opens no connection.</summary>
internal sealed class SqliteContextFactory : IDesignTimeDbContextFactory<SqliteContext>
{
    public SqliteContext CreateDbContext(string[] args) => new(Options(new DbContextOptionsBuilder<SqliteContext>().UseSqlite()));

    internal static DbContextOptions<SqliteContext> Options(DbContextOptionsBuilder<SqliteContext> builder) =>
        builder.UseSnakeCaseNamingConvention().Options;
}
