namespace InferenceBroker.Standalone.Run.Input;

/// <summary>Reads the whole input once before anything is sent: what is valid, what is not, and why.</summary>
internal static class InputScan
{
    /// <summary>Fills the index and hands every fault on; returns how many there were.</summary>
    public static async Task<int> RunAsync(
        string path,
        LineParser parser,
        LineIndex index,
        Action<LineFault> onFault,
        CancellationToken cancellationToken
    )
    {
        var faults = 0;
        await using var file = InputFile.Open(path);
        await foreach (var raw in new LineReader(file).ReadAsync(cancellationToken))
        {
            var (line, fault) = parser.Parse(raw);
            if (line is not null && !index.TryAdd(LineKey.Of(line), line.Number))
            {
                fault = new LineFault(
                    line.Number,
                    line.CustomId,
                    LineFaultCodes.DuplicateCustomId,
                    "An earlier line has the same 'custom_id'."
                );
            }

            if (fault is not null)
            {
                faults++;
                onFault(fault);
            }
        }

        return faults;
    }
}
