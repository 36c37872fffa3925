using InferenceBroker.Persistence.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>EF Core over the same connections that the job store uses.</summary>
internal sealed class PostgresContexts(NpgsqlDataSource source) : IBrokerContextFactory
{
    private readonly DbContextOptions<PostgresContext> _options = PostgresContextFactory.Options(
        new DbContextOptionsBuilder<PostgresContext>().UseNpgsql(source)
    );

    public BrokerContext Create() => new PostgresContext(_options);
}
