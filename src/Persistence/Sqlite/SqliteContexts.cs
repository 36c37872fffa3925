using InferenceBroker.Persistence.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace InferenceBroker.Persistence.Sqlite;

/// <summary>EF Core with connections of its own.</summary>
internal sealed class SqliteContexts(string path) : IBrokerContextFactory
{
    private readonly DbContextOptions<SqliteContext> _options = SqliteContextFactory.Options(
        new DbContextOptionsBuilder<SqliteContext>().UseSqlite(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                DefaultTimeout = 10,
                Pooling = false,
            }.ToString()
        )
    );

    public BrokerContext Create() => new SqliteContext(_options);
}
