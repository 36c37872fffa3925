using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Persistence.Sql;

/// <summary>The errors of jobs that a sweep ends.</summary>
internal static class SweepErrors
{
    public static readonly JobFailure Expired = new(
        "job_expired",
        "The job's deadline passed before it could be answered.",
        "server_error",
        Param: null
    );

    public static readonly JobFailure TooCostly = new(
        "max_cost_exceeded",
        "The job is expected to cost more than its 'max_cost' wherever it can be answered. Raise 'max_cost', or lower 'max_tokens'.",
        "invalid_request_error",
        Param: "max_cost"
    );

    public static readonly JobFailure WorkerLost = new(
        "worker_lost",
        "The worker that ran the job disappeared, and the job may not be sent again.",
        "server_error",
        Param: null
    );

    public static readonly JobFailure Overdue = new(
        "timeout",
        "The last attempt ran past its time limit, and the job may not be sent again.",
        "server_error",
        Param: null
    );
}
