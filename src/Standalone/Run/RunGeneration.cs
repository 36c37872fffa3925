using System.Security.Cryptography;
using System.Text;

namespace InferenceBroker.Standalone.Run;

/// <summary>
/// The id under which the database keeps the jobs of a run. It follows from the output's path, so that the same command finds its jobs again;
/// <c>--fresh</c> counts a generation on, which the data folder remembers.
/// </summary>
internal sealed class RunGeneration(string dataFolder, string outputPath)
{
    private readonly string _base = "run_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(outputPath)))[..24];

    private string File => Path.Combine(dataFolder, "runs", _base);

    public string RunId => Read() is var generation and > 0 ? $"{_base}_{generation}" : _base;

    public void StartNext()
    {
        var next = Read() + 1;
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File + ".new", next.ToString());
        System.IO.File.Move(File + ".new", File, overwrite: true);
    }

    private int Read() =>
        System.IO.File.Exists(File) && int.TryParse(System.IO.File.ReadAllText(File).AsSpan().Trim(), out var generation) ? generation : 0;
}
