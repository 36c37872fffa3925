namespace InferenceBroker.Persistence.Sql;

/// <summary>
/// The moves of running work, as one text for both databases. <c>e</c> stands for the given rows: a set in PostgreSQL, one row in SQLite. Every
/// move names the state and the fence that it expects, and keeps <see cref="StateFilters"/> true.
/// </summary>
internal static class JobMoves
{
    /// <summary>e_id, e_fence, e_endpoint, e_now</summary>
    public const string Claim = """
        UPDATE jobs SET state = 1, fence = fence + 1, endpoint = e_endpoint, dispatched_at = e_now
        FROM e WHERE id = e_id AND state = 0 AND fence = e_fence
        """;

    /// <summary>e_id, e_fence</summary>
    public const string Recall = """
        UPDATE jobs SET state = 0, fence = fence + 1, endpoint = NULL, dispatched_at = NULL
        FROM e WHERE id = e_id AND state = 1 AND fence = e_fence
        """;

    /// <summary>e_id, e_fence, e_worker, e_now, e_deadline</summary>
    public const string Start = """
        UPDATE jobs SET
            state = 2, worker_id = e_worker, attempt = attempt + 1, last_seq = last_seq + 1, started_seq = last_seq + 1,
            started_at = COALESCE(started_at, e_now), attempt_started_at = e_now, attempt_deadline = e_deadline
        FROM e WHERE id = e_id AND state = 1 AND fence = e_fence
        """;

    /// <summary>e_id, e_fence, e_attempt, e_first, e_last</summary>
    public const string Append = """
        UPDATE jobs SET last_seq = e_last
        FROM e WHERE id = e_id AND state = 2 AND fence = e_fence AND attempt = e_attempt AND last_seq < e_first
        """;

    /// <summary>
    /// e_id, e_fence, e_attempt, e_next, e_last, e_spent, e_not_before, e_tried (an endpoint between line breaks, or null), e_ended, e_input, e_output, e_cost,
    /// e_code, e_message, e_type, e_param, e_route (null: it stays). A job whose cancellation was asked for does not return to the queue.
    /// </summary>
    public const string Finish = """
        UPDATE jobs SET
            state = CASE WHEN e_next = 0 AND cancel_requested_at IS NOT NULL THEN 5 ELSE e_next END,
            fence = CASE WHEN e_next = 0 THEN fence + 1 ELSE fence END,
            last_seq = CASE WHEN last_seq > e_last THEN last_seq ELSE e_last END
                + CASE WHEN e_next = 0 AND cancel_requested_at IS NULL THEN 1 ELSE 2 END,
            attempts_spent = attempts_spent + e_spent,
            not_before = CASE WHEN e_next = 0 THEN e_not_before ELSE not_before END,
            tried = CASE WHEN e_tried IS NULL OR replace(tried, e_tried, '') <> tried THEN tried ELSE COALESCE(tried, '') || e_tried END,
            endpoint = CASE WHEN e_next = 0 AND cancel_requested_at IS NULL THEN NULL ELSE endpoint END,
            dispatched_at = NULL, worker_id = NULL, attempt_started_at = NULL, attempt_deadline = NULL,
            ended_at = CASE WHEN e_next = 0 AND cancel_requested_at IS NULL THEN NULL ELSE e_ended END,
            input_tokens = CASE WHEN e_next = 0 AND cancel_requested_at IS NULL THEN NULL ELSE e_input END,
            output_tokens = CASE WHEN e_next = 0 AND cancel_requested_at IS NULL THEN NULL ELSE e_output END,
            cost = cost + e_cost,
            error_code = e_code, error_message = e_message, error_type = e_type, error_param = e_param,
            route = CASE WHEN e_next = 0 AND e_route IS NOT NULL THEN e_route ELSE route END
        FROM e WHERE id = e_id AND state = 2 AND fence = e_fence AND attempt = e_attempt
        """;
}
