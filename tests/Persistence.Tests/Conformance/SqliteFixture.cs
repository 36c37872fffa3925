namespace InferenceBroker.Persistence.Tests.Conformance;

public sealed class SqliteFixture : StoreFixture
{
    private readonly string _folder = Directory.CreateTempSubdirectory("broker-sqlite-").FullName;
    private int _files;

    public override Task<PersistenceOptions> CreateOptionsAsync() =>
        Task.FromResult(new PersistenceOptions { SqlitePath = Path.Combine(_folder, $"broker-{Interlocked.Increment(ref _files)}.db") });

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
