using Testcontainers.PostgreSql;

namespace InferenceBroker.Testing.Postgres;

/// <summary>A server in a container, removed with this process.</summary>
internal sealed class ContainerPostgres : PrivatePostgres
{
    private readonly PostgreSqlContainer _container;

    private ContainerPostgres(PostgreSqlContainer container) => _container = container;

    public override string ConnectionString => _container.GetConnectionString();

    public override ValueTask DisposeAsync() => _container.DisposeAsync();

    public static async Task<PrivatePostgres> StartNewAsync()
    {
        var container = new PostgreSqlBuilder("postgres:17-alpine").WithCommand("-c", "max_connections=200").Build();
        await container.StartAsync();
        return new ContainerPostgres(container);
    }
}
