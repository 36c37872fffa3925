using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Startup;

/// <summary>The tenant that owns jobs where nobody has made tenants.</summary>
internal static class DefaultTenant
{
    private const int Id = 1;
    private const string Name = "default";

    public static Task EnsureAsync(ISqlDatabase database, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "INSERT INTO tenants (id, name, weight, created_at) VALUES ($1, $2, 1, $3) ON CONFLICT DO NOTHING RETURNING id",
            [Id, Name, now],
            row => row.Int(),
            cancellationToken
        );
}
