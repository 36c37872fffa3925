using InferenceBroker.Standalone.CommandLine;
using InferenceBroker.Standalone.Run.Input;

namespace InferenceBroker.Standalone.Run.Output;

/// <summary>
/// Prepares the output of an earlier start for appending. Rules: (1) a torn last line is cut off; any other line that is no JSON object means
/// that this is another file, which is refused; (2) a line that answers a line of the input as it is now counts as answered and stays; (3) a
/// second answer for the same line, and the answer to a line that was edited since, go; (4) what the input does not know stays as it is. The
/// file is only rewritten (beside it, then renamed) where something goes.
/// </summary>
internal static class OutputScan
{
    /// <summary>Marks what is answered in the index; returns how many lines that are.</summary>
    public static async Task<int> RunAsync(string path, LineIndex index, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        var torn = !EndsWithLineEnd(path);
        var unreadable = 0;
        var answered = 0;
        var dropped = new HashSet<int>();
        await using (var file = InputFile.Open(path))
        {
            await foreach (var raw in new LineReader(file, int.MaxValue).ReadAsync(cancellationToken))
            {
                if (unreadable > 0)
                {
                    throw NotAnOutput(path, unreadable);
                }

                switch (Judge(raw, index))
                {
                    case OutputVerdict.Unreadable:
                        unreadable = raw.Number;
                        torn &= StartsLikeAnAnswer(raw.Bytes.Span);
                        dropped.Add(raw.Number);
                        break;
                    case OutputVerdict.Answer:
                        answered++;
                        break;
                    case OutputVerdict.Drop:
                        dropped.Add(raw.Number);
                        break;
                    default:
                        break;
                }
            }
        }

        if (unreadable > 0 && !torn)
        {
            throw NotAnOutput(path, unreadable);
        }

        if (dropped.Count > 0)
        {
            await RewriteAsync(path, dropped, cancellationToken);
        }
        else
        {
            CompleteLastLine(path);
        }

        return answered;
    }

    private static OutputVerdict Judge(RawLine raw, LineIndex index)
    {
        if (OutputLine.TryParse(raw.Bytes.Span) is not { } line)
        {
            return OutputVerdict.Unreadable;
        }

        if (line.CustomId is null || index.FindByName(LineKey.NameOf(line.CustomId)) is not { } indexed)
        {
            return OutputVerdict.Keep;
        }

        // An answer that some other tool wrote names no job of ours: it is taken for what it says.
        var content = line.JobId is { } id ? LineJobId.Parse(id).Content : indexed.Content;
        var key = new LineKey(LineKey.NameOf(line.CustomId), content);
        if (index.Find(key) is not { Status: LineStatus.Pending })
        {
            return OutputVerdict.Drop;
        }

        index.SetStatus(key, LineStatus.Answered);
        return OutputVerdict.Answer;
    }

    private static async Task RewriteAsync(string path, HashSet<int> dropped, CancellationToken cancellationToken)
    {
        var temporary = path + ".new";
        await using (var from = InputFile.Open(path))
        await using (var to = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024))
        {
            await foreach (var raw in new LineReader(from, int.MaxValue).ReadAsync(cancellationToken))
            {
                if (!dropped.Contains(raw.Number))
                {
                    await to.WriteAsync(raw.Bytes, cancellationToken);
                    to.WriteByte((byte)'\n');
                }
            }
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>A whole last line may have lost only its line end.</summary>
    private static void CompleteLastLine(string path)
    {
        if (!EndsWithLineEnd(path))
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.WriteByte((byte)'\n');
        }
    }

    private static bool EndsWithLineEnd(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        if (file.Length == 0)
        {
            return true;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }

    private static bool StartsLikeAnAnswer(ReadOnlySpan<byte> line)
    {
        var start = ResultLine.AnswerStart;
        return line.Length < start.Length ? start.StartsWith(line) : line.StartsWith(start);
    }

    private static UsageException NotAnOutput(string path, int line) =>
        new($"'{path}' exists and its line {line} is not a JSON line: it is another file. Choose another --output, or delete it.");
}
