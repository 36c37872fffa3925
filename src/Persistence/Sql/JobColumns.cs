namespace InferenceBroker.Persistence.Sql;

/// <summary>Column lists in the order in which <see cref="JobRecords"/> reads them. Unqualified, so that they also work in RETURNING.</summary>
internal static class JobColumns
{
    private const string Placement = "route, needs, affinity, api_key_id, priority, batch_hash, max_cost, cost";

    public const string Queued =
        "id, tenant_id, lane, model, fence, estimated_input_tokens, estimated_output_tokens, created_at, not_before, deadline, "
        + "attempts_spent, tried, fallbacks, "
        + Placement
        + ", replay";

    public const string InFlight =
        "id, tenant_id, fence, state, endpoint, estimated_input_tokens, estimated_output_tokens, dispatched_at, "
        + "api_key_id, lane, batch_hash, attempt_started_at";

    public const string Started =
        "id, jobs.tenant_id, fence, operation, model, streaming, lane, attempt, attempts_spent, last_seq, attempt_started_at, created_at, "
        + "deadline, replay, estimated_input_tokens, estimated_output_tokens, tried, fallbacks, "
        + Placement;

    public const string Stored =
        "id, jobs.tenant_id, state, operation, model, streaming, priority, lane, jobs.fence, jobs.attempt, attempts_spent, jobs.last_seq, jobs.endpoint, "
        + "created_at, not_before, deadline, jobs.started_at, jobs.ended_at, cancel_requested_at, jobs.input_tokens, jobs.output_tokens, "
        + "jobs.cost, error_code, error_message, error_type, error_param, metadata, batch_id, custom_id, route, attempt_started_at, jobs.started_seq";

    public const string Attempt =
        "number, attempts.endpoint, upstream_model, outcome, failure, failure_message, attempts.started_at, attempts.ended_at, ttft_ms, "
        + "attempts.started_seq, ended_seq, attempts.input_tokens, attempts.output_tokens, attempts.cost";
}
