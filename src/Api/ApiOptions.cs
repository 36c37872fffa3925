using System.ComponentModel.DataAnnotations;

namespace InferenceBroker.Api;

/// <summary>Settings of the Api role, bound from <c>Broker:Api</c>.</summary>
public sealed class ApiOptions
{
    public const string Section = "Broker:Api";

    /// <summary>Largest request body in bytes; a larger one is answered with 413. Default 32 MB.</summary>
    [Range(1024, 1_073_741_824)]
    public int MaxBodyBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Longest <c>wait</c> in seconds that a client may ask for. Default 60.</summary>
    [Range(1, 600)]
    public int MaxWaitSeconds { get; init; } = 60;

    /// <summary>Silence in seconds after which a stream gets a comment, so that nobody between takes it for dead. Default 15.</summary>
    [Range(1, 300)]
    public int PingSeconds { get; init; } = 15;

    /// <summary>First pause in milliseconds before a waiting reader asks the database by itself; grows to five times that. Default 1000.</summary>
    [Range(50, 60_000)]
    public int PollMilliseconds { get; init; } = 1000;

    /// <summary>How long a token of <c>POST /v1/jobs/{id}/token</c> is good for, in seconds. Default 900.</summary>
    [Range(10, 86_400)]
    public int TokenLifetimeSeconds { get; init; } = 900;

    /// <summary>Secret that signs those tokens; the same on every Api. Default: derived from <c>BROKER_ADMIN_KEY</c>.</summary>
    [MinLength(16)]
    public string? TokenSecret { get; init; }

    /// <summary>How long a key that was looked up is believed, in seconds; a deleted key works this long on other Api nodes. Default 30.</summary>
    [Range(1, 600)]
    public int KeyCacheSeconds { get; init; } = 30;
}
