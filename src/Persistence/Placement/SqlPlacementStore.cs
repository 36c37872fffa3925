using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Placement;

/// <summary>The same statements on both databases.</summary>
internal sealed class SqlPlacementStore(ISqlDatabase database) : IPlacementStore
{
    public async Task<IReadOnlyList<EndpointHealthRecord>> ReadHealthAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            "SELECT endpoint, snapshot, updated_at FROM endpoint_health ORDER BY endpoint",
            [],
            row => new EndpointHealthRecord(row.Text(), row.Text(), row.Time()),
            cancellationToken
        );

    public Task SaveHealthAsync(LeaderTerm term, IReadOnlyList<EndpointHealthRecord> records, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO endpoint_health (endpoint, snapshot, updated_at) VALUES ($1, $2, $3)
            ON CONFLICT (endpoint) DO UPDATE SET snapshot = excluded.snapshot, updated_at = excluded.updated_at
            """;
        return database.TransactAsync(
            async transaction =>
            {
                await LeaseHold.HoldAsync(database, transaction, term, cancellationToken);
                foreach (var record in records)
                {
                    await transaction.ExecuteAsync(Sql, [record.Endpoint, record.Snapshot, record.UpdatedAt], cancellationToken);
                }

                return records.Count;
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<ControlRecord>> ReadControlsAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            "SELECT target, state, reason, changed_at FROM controls ORDER BY target",
            [],
            row => new ControlRecord(row.Text(), row.Text(), row.TextOrNull(), row.Time()),
            cancellationToken
        );

    public Task SetControlAsync(ControlRecord control, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO controls (target, state, reason, changed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (target) DO UPDATE SET state = excluded.state, reason = excluded.reason, changed_at = excluded.changed_at
            RETURNING target
            """;
        return database.WriteAsync(
            Sql,
            [StoredText.Clean(control.Target), control.State, StoredText.Clean(control.Reason), control.ChangedAt],
            row => row.Text(),
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<LimitsRecord>> ReadLimitsAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            """
            SELECT id, NULL, limits FROM tenants WHERE limits IS NOT NULL
            UNION ALL SELECT tenant_id, id, limits FROM api_keys WHERE limits IS NOT NULL AND tenant_id IS NOT NULL
            """,
            [],
            row => new LimitsRecord(row.Int(), row.IntOrNull(), row.Text()),
            cancellationToken
        );

    public async Task<bool> SetLimitsAsync(LimitsRecord limits, CancellationToken cancellationToken)
    {
        const string OfTenant = "UPDATE tenants SET limits = $2 WHERE id = $1 RETURNING id";
        const string OfKey = "UPDATE api_keys SET limits = $2 WHERE tenant_id = $1 AND id = $3 RETURNING id";
        var set = limits.ApiKeyId is { } key
            ? await database.WriteAsync(OfKey, [limits.TenantId, limits.Limits, key], row => row.Int(), cancellationToken)
            : await database.WriteAsync(OfTenant, [limits.TenantId, limits.Limits], row => row.Int(), cancellationToken);
        return set.Count > 0;
    }

    public async Task<IReadOnlyList<RecentUse>> ReadRecentUseAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var second = database.Second("attempts.started_at");
        var sql = $"""
            SELECT attempts.endpoint, tenant_id, api_key_id, {second}, count(*),
                CAST(sum(COALESCE(attempts.input_tokens, estimated_input_tokens)) AS bigint),
                CAST(sum(COALESCE(attempts.output_tokens, CASE WHEN estimated_output_tokens > 0 THEN estimated_output_tokens ELSE 0 END)) AS bigint)
            FROM attempts JOIN jobs ON id = job_id WHERE attempts.ended_at >= $1
            GROUP BY attempts.endpoint, tenant_id, api_key_id, {second}
            """;
        return await database.ReadAsync(
            sql,
            [since],
            row => new RecentUse(
                row.Text(),
                row.Int(),
                row.Int(),
                DateTimeOffset.FromUnixTimeSeconds(row.Long()),
                row.Long(),
                row.Long(),
                row.Long()
            ),
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<SpendRecord>> ReadSpendAsync(DateOnly from, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            "SELECT tenant_id, api_key_id, day, cost FROM spend WHERE day >= $1 ORDER BY tenant_id, api_key_id, day",
            [from.DayNumber],
            row => new SpendRecord(row.Int(), row.Int(), DateOnly.FromDayNumber(row.Int()), row.Long()),
            cancellationToken
        );
}
