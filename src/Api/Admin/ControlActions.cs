namespace InferenceBroker.Api.Admin;

/// <summary>What an operator can do, and the state that it puts a control into.</summary>
internal static class ControlActions
{
    public const string Unpark = "unpark";

    private const string Active = "active";

    /// <summary>Of whole providers: parking is a matter of keys and endpoints.</summary>
    public static IReadOnlyList<string> OfProviders { get; } = ["pause", "resume", "drain"];

    public static IReadOnlyList<string> OfKeys { get; } = [.. OfProviders, Unpark];

    /// <summary>As the scheduler names it. To unpark is to make active anew: the leader takes every change to it for that.</summary>
    public static string StateAfter(string action) =>
        action switch
        {
            "pause" => "paused",
            "drain" => "draining",
            _ => Active,
        };
}
