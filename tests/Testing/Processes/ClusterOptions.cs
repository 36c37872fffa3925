namespace InferenceBroker.Testing.Processes;

/// <summary>How many processes of each role to start, and their configuration.</summary>
public sealed record ClusterOptions
{
    /// <summary>The environment that the images of deploy/ set, so that what is tested and measured is what is deployed.</summary>
    public static IReadOnlyDictionary<string, string> AsTheImages { get; } =
        new Dictionary<string, string> { ["DOTNET_GCgen0size"] = "0x2000000", ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" };

    public int Apis { get; init; } = 1;

    public int Schedulers { get; init; } = 1;

    public int Workers { get; init; } = 1;

    /// <summary>Makes <c>broker.json</c> from the simulated provider's address, which ends with a slash.</summary>
    public required Func<Uri, string> Configuration { get; init; }

    /// <summary>Arguments of <c>simulate</c> besides the port.</summary>
    public IReadOnlyList<string> SimulatorArguments { get; init; } = [];

    /// <summary>More environment for every role.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = AsTheImages;
}
