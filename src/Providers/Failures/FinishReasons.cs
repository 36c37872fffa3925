namespace InferenceBroker.Providers.Failures;

/// <summary>Finish reasons that mean "the provider gave up": a truncated answer that must not look complete.</summary>
internal static class FinishReasons
{
    private static readonly string[] Failed =
    [
        "error",
        "ERROR",
        "TIMEOUT",
        "OTHER",
        "insufficient_system_resource",
        "MALFORMED_FUNCTION_CALL",
    ];

    /// <summary>The failed reason that this is, or null.</summary>
    public static string? FindFailed(ReadOnlySpan<byte> utf8)
    {
        foreach (var reason in Failed)
        {
            if (System.Text.Ascii.Equals(utf8, reason))
            {
                return reason;
            }
        }

        return null;
    }
}
