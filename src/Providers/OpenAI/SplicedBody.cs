namespace InferenceBroker.Providers.OpenAI;

/// <summary>The client's body with a few places changed; all other bytes go out as they came in, and are not copied.</summary>
internal sealed class SplicedBody(ReadOnlyMemory<byte> source, List<BodyEdit> edits)
{
    /// <summary>The length with the edits.</summary>
    public int Length { get; } = source.Length + edits.Sum(edit => edit.Text.Length - edit.Length);

    public async ValueTask WriteToAsync(Stream stream, CancellationToken cancellationToken)
    {
        var position = 0;
        foreach (var edit in edits)
        {
            await stream.WriteAsync(source[position..edit.Start], cancellationToken);
            await stream.WriteAsync(edit.Text, cancellationToken);
            position = edit.Start + edit.Length;
        }

        await stream.WriteAsync(source[position..], cancellationToken);
    }

    public byte[] ToArray()
    {
        var result = new byte[Length];
        var target = result.AsSpan();
        var position = 0;
        foreach (var edit in edits)
        {
            source.Span[position..edit.Start].CopyTo(target);
            target = target[(edit.Start - position)..];
            edit.Text.CopyTo(target);
            target = target[edit.Text.Length..];
            position = edit.Start + edit.Length;
        }

        source.Span[position..].CopyTo(target);
        return result;
    }
}
