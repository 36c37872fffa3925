using System.IO.Pipelines;

namespace InferenceBroker.Providers.Simulated;

/// <summary>Where a simulated answer goes: an HTTP response, or a caller in the same process.</summary>
internal interface ISimulatedWire
{
    /// <summary>Sets status and headers; before the first byte of the body, and once.</summary>
    /// <param name="length">The body's length, where it is known.</param>
    void Start(int status, string contentType, long? length, IReadOnlyList<KeyValuePair<string, string>> headers);

    PipeWriter Body { get; }

    /// <summary>Breaks the connection instead of an answer.</summary>
    void Abort();

    /// <summary>Ends the connection after what was written, which must be less than the length that was promised.</summary>
    void Cut();
}
