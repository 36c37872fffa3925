using System.Globalization;
using InferenceBroker.Api.Errors;
using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Api.Admin;

/// <summary>Finds a limit that can never be reached, since another one is lower: somebody meant something else.</summary>
internal static class LimitContradictions
{
    public static ApiError? Find(TenantLimits limits, string param) =>
        Check(param, "input_tokens_per_minute", limits.InputTokensPerMinute, "tokens_per_minute", limits.TokensPerMinute)
        ?? Check(param, "output_tokens_per_minute", limits.OutputTokensPerMinute, "tokens_per_minute", limits.TokensPerMinute)
        ?? Check(param, "max_in_flight_per_batch", limits.MaxInFlightPerBatch, "max_in_flight", limits.MaxInFlight)
        ?? Check(param, "usd_per_day", limits.UsdPerDay, "usd_per_month", limits.UsdPerMonth);

    private static ApiError? Check(string param, string name, decimal? value, string boundName, decimal? bound) =>
        value > bound
            ? ApiError.Invalid(
                $"{param}.{name}",
                string.Create(CultureInfo.InvariantCulture, $"{value} is above {boundName}, which is {bound}: expected at most that.")
            )
            : null;
}
