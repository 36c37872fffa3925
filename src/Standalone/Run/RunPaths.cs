using InferenceBroker.Standalone.CommandLine;

namespace InferenceBroker.Standalone.Run;

/// <summary>The files of a run, as full paths.</summary>
internal sealed record RunPaths(string Input, string Output, string Errors)
{
    /// <exception cref="UsageException">The files cannot be used.</exception>
    public static RunPaths Resolve(string input, string output)
    {
        var inputPath = Path.GetFullPath(input);
        var outputPath = Path.GetFullPath(output);
        if (!File.Exists(inputPath))
        {
            throw new UsageException($"There is no file '{input}'.");
        }

        if (Directory.Exists(outputPath))
        {
            throw new UsageException($"--output '{output}' is a folder; name a file.");
        }

        var errorsPath = ErrorsOf(outputPath);
        if (inputPath == outputPath || inputPath == errorsPath)
        {
            throw new UsageException($"--output '{output}' would overwrite the input; choose another name.");
        }

        RequireWritable(outputPath, output);
        return new RunPaths(inputPath, outputPath, errorsPath);
    }

    /// <summary><c>OUT.jsonl</c> → <c>OUT.errors.jsonl</c>.</summary>
    private static string ErrorsOf(string output) =>
        output.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
            ? output[..^".jsonl".Length] + ".errors.jsonl"
            : output + ".errors.jsonl";

    /// <summary>Tries it, and leaves no file behind: the run may still end before it has anything to write.</summary>
    private static void RequireWritable(string path, string shown)
    {
        try
        {
            var isNew = !File.Exists(path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.Read,
                bufferSize: 0,
                isNew ? FileOptions.DeleteOnClose : FileOptions.None
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output '{shown}' cannot be written: {e.Message}", e);
        }
    }
}
