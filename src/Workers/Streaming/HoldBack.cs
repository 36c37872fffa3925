namespace InferenceBroker.Workers.Streaming;

/// <summary>
/// Decides when the first chunks of a stream may be stored: with the first content, or once there are many or large ones. Until then the
/// attempt can fail without any reader having seen it. (The limit in time is the writer's, which owns the timer.) Not thread safe.
/// </summary>
internal sealed class HoldBack
{
    public const int MostChunks = 64;
    public const int MostCharacters = 256 * 1024;
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private int _chunks;
    private int _characters;

    /// <summary>True once: with the chunk that ends the hold-back.</summary>
    public bool IsOverWith(string chunk)
    {
        _chunks++;
        _characters += chunk.Length;
        return _chunks >= MostChunks || _characters >= MostCharacters || ChunkContent.IsIn(chunk);
    }
}
