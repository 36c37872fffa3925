using System.Text.Json;
using InferenceBroker.Api.Errors;
using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Api.Admin;

/// <summary>
/// Reads the object <c>limits</c> of a tenant or key. A limit that is not in it stays as it is, <c>null</c> removes one, and <c>null</c>
/// instead of the object removes all.
/// </summary>
internal static class LimitsReader
{
    private const string Param = "limits";
    private const int MaxShown = 50;
    private const decimal MaxUsd = 1_000_000_000;

    private static readonly Dictionary<string, Func<TenantLimits, int?, TenantLimits>> Counts = new(StringComparer.Ordinal)
    {
        ["requests_per_minute"] = (limits, value) => limits with { RequestsPerMinute = value },
        ["tokens_per_minute"] = (limits, value) => limits with { TokensPerMinute = value },
        ["input_tokens_per_minute"] = (limits, value) => limits with { InputTokensPerMinute = value },
        ["output_tokens_per_minute"] = (limits, value) => limits with { OutputTokensPerMinute = value },
        ["max_in_flight"] = (limits, value) => limits with { MaxInFlight = value },
        ["max_in_flight_per_batch"] = (limits, value) => limits with { MaxInFlightPerBatch = value },
    };

    private static readonly Dictionary<string, Func<TenantLimits, decimal?, TenantLimits>> Amounts = new(StringComparer.Ordinal)
    {
        ["usd_per_day"] = (limits, value) => limits with { UsdPerDay = value },
        ["usd_per_month"] = (limits, value) => limits with { UsdPerMonth = value },
    };

    public static (TenantLimits Limits, ApiError? Error) Read(TenantLimits current, JsonElement changes)
    {
        switch (changes.ValueKind)
        {
            case JsonValueKind.Undefined:
                return (current, null);
            case JsonValueKind.Null:
                return (TenantLimits.None, null);
            case not JsonValueKind.Object:
                return (current, ApiError.Invalid(Param, $"{Shown(changes)} is no object of limits, and not null."));
        }

        var limits = current;
        foreach (var change in changes.EnumerateObject())
        {
            (limits, var error) = Set(limits, change.Name, change.Value);
            if (error is not null)
            {
                return (current, error);
            }
        }

        return (limits, LimitContradictions.Find(limits, Param));
    }

    private static (TenantLimits Limits, ApiError? Error) Set(TenantLimits limits, string name, JsonElement value)
    {
        var isNull = value.ValueKind == JsonValueKind.Null;
        var isNumber = value.ValueKind == JsonValueKind.Number;
        if (Counts.TryGetValue(name, out var setCount))
        {
            var count = 0;
            return isNull || (isNumber && value.TryGetInt32(out count) && count > 0)
                ? (setCount(limits, isNull ? null : count), null)
                : (limits, Wrong(name, value, $"an integer from 1 to {int.MaxValue}"));
        }

        if (Amounts.TryGetValue(name, out var setAmount))
        {
            var amount = 0m;
            return isNull || (isNumber && value.TryGetDecimal(out amount) && amount is > 0 and <= MaxUsd)
                ? (setAmount(limits, isNull ? null : amount), null)
                : (limits, Wrong(name, value, $"US dollars above 0, up to {MaxUsd}"));
        }

        return (
            limits,
            ApiError.Invalid(Param, $"'{Short(name)}' is not known here ({string.Join(", ", Counts.Keys.Concat(Amounts.Keys))}).")
        );
    }

    private static ApiError Wrong(string name, JsonElement value, string allowed) =>
        ApiError.Invalid($"{Param}.{name}", $"{Shown(value)} is not allowed: expected {allowed}, or null to remove the limit.");

    private static string Shown(JsonElement value) => Short(value.GetRawText());

    private static string Short(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "…";
}
