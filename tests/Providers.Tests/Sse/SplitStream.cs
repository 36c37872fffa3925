namespace InferenceBroker.Providers.Tests.Sse;

/// <summary>Gives its bytes in pieces: the first of <paramref name="size"/> bytes, then the rest, or all pieces of that size.</summary>
internal sealed class SplitStream(byte[] bytes, int size, bool always = false) : MemoryStream(bytes)
{
    private bool _isSplit;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var limit = always || !_isSplit ? size : int.MaxValue;
        _isSplit = true;
        return base.ReadAsync(buffer[..Math.Min(limit, buffer.Length)], cancellationToken);
    }
}
