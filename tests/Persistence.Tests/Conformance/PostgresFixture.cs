using InferenceBroker.Testing.Postgres;

namespace InferenceBroker.Persistence.Tests.Conformance;

public sealed class PostgresFixture : StoreFixture
{
    public override async Task<PersistenceOptions> CreateOptionsAsync()
    {
        var postgres = await PrivatePostgres.SharedAsync();
        return new PersistenceOptions { PostgresConnectionString = await postgres.CreateDatabaseAsync() };
    }
}
