using System.Globalization;

namespace InferenceBroker.Load.Measuring;

/// <summary>Reads CPU time and memory of processes from <c>/proc</c>.</summary>
internal static class ProcessMeter
{
    // USER_HZ, the unit of utime and stime in /proc/PID/stat, is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    public static IReadOnlyDictionary<string, double> CpuSeconds(IReadOnlyDictionary<string, IReadOnlyList<int>> processes) =>
        processes.ToDictionary(p => p.Key, p => p.Value.Sum(CpuSeconds));

    public static IReadOnlyDictionary<string, double> PeakRssMb(IReadOnlyDictionary<string, IReadOnlyList<int>> processes) =>
        processes.ToDictionary(p => p.Key, p => Math.Round(p.Value.Sum(id => StatusKb(id, "VmHWM:")) / 1024.0, 1));

    public static IReadOnlyDictionary<string, double> RssMb(IReadOnlyDictionary<string, IReadOnlyList<int>> processes) =>
        processes.ToDictionary(p => p.Key, p => Math.Round(p.Value.Sum(id => StatusKb(id, "VmRSS:")) / 1024.0, 1));

    /// <summary>The processes of a command among those that descend from this one.</summary>
    public static IReadOnlyList<int> DescendantsNamed(string command) =>
        [.. WithChildren(Environment.ProcessId).Where(id => CommandOf(id) == command)];

    private static string? CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm").Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The process and all that descend from it.</summary>
    private static List<int> WithChildren(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Stat(id) is { } stat)
            {
                parents[id] = int.Parse(stat[1], CultureInfo.InvariantCulture);
            }
        }

        var family = new List<int> { root };
        for (var i = 0; i < family.Count; i++)
        {
            family.AddRange(parents.Where(p => p.Value == family[i]).Select(p => p.Key));
        }

        return family;
    }

    private static double CpuSeconds(int process)
    {
        // Fields 14 and 15 are utime and stime; 16 and 17 those of children that have ended (PostgreSQL's short-lived ones).
        return Stat(process) is { } stat
            ? stat.Skip(11).Take(4).Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) / TicksPerSecond
            : 0;
    }

    /// <summary>The fields after the command's name, from the state on; null where the process is gone.</summary>
    private static string[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long StatusKb(int process, string field)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
