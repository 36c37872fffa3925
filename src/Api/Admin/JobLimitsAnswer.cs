using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Admin;

internal sealed record JobLimitsAnswer(
    int MaxAttempts,
    double AttemptTimeoutSeconds,
    double FirstTokenTimeoutSeconds,
    double IdleTimeoutSeconds,
    double ConnectTimeoutSeconds
)
{
    public static JobLimitsAnswer Of(JobLimits limits) =>
        new(
            limits.MaxAttempts,
            limits.AttemptTimeout.TotalSeconds,
            limits.FirstTokenTimeout.TotalSeconds,
            limits.IdleTimeout.TotalSeconds,
            limits.ConnectTimeout.TotalSeconds
        );
}
