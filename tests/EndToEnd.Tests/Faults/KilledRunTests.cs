using System.Text.Json;
using InferenceBroker.Testing;
using InferenceBroker.Testing.Processes;
using Shouldly;

namespace InferenceBroker.EndToEnd.Tests.Faults;

/// <summary>The promise: an embedded run that is killed again and again goes on where it stopped and pays for no finished line twice.</summary>
public sealed class KilledRunTests
{
    private const int Lines = 300;
    private const int Kills = 10;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_killed_ten_times_answers_every_line_once()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Next();
        var url = new Uri($"http://127.0.0.1:{port}/");
        await using var simulator = new RoleProcess(
            "Standalone",
            ["simulate", "--port", $"{port}", "--latency-ms", "150"],
            new Dictionary<string, string>(),
            folder.Path,
            url,
            readyPath: "/stats"
        );
        await simulator.StartReadyAsync(Limit);
        await WriteInputAsync(folder, url);

        for (var kill = 1; kill <= Kills; kill++)
        {
            await RunUntilAsync(folder, lines: kill * Lines / (Kills + 2));
        }

        await using var last = Run(folder);
        last.Start();
        (await last.WaitForExitAsync(Limit)).ShouldBe(0, last.Output);
        await CheckAsync(folder, url);
    }

    private static async Task WriteInputAsync(TemporaryFolder folder, Uri provider)
    {
        await File.WriteAllTextAsync(
            folder.File("broker.json"),
            $$"""
            {
              "providers": { "sim": { "kind": "openai", "baseUrl": "{{provider}}v1", "concurrency": 16 } },
              "models": { "echo": { "targets": [ { "provider": "sim", "model": "sim-echo", "weight": 1 } ] } }
            }
            """
        );
        await File.WriteAllLinesAsync(
            folder.File("input.jsonl"),
            Enumerable
                .Range(0, Lines)
                .Select(n =>
                    $$$"""{"custom_id":"line-{{{n}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"echo","messages":[{"role":"user","content":"Ticket {{{n:D6}}}"}]}}"""
                )
        );
    }

    private static RoleProcess Run(TemporaryFolder folder) =>
        new("Standalone", ["run", "input.jsonl", "--output", "output.jsonl"], new Dictionary<string, string>(), folder.Path, url: null);

    /// <summary>Starts a run and kills it as soon as the output holds so many lines.</summary>
    private static async Task RunUntilAsync(TemporaryFolder folder, int lines)
    {
        await using var run = Run(folder);
        run.Start();
        await Eventually.TrueAsync(
            () =>
            {
                run.HasExited.ShouldBeFalse(run.Output);
                return Task.FromResult(CountLines(folder.File("output.jsonl")) >= lines);
            },
            Limit,
            () => $"the output did not reach {lines} lines:{Environment.NewLine}{run.Output}"
        );
        await run.KillAsync();
    }

    private static int CountLines(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Count(c => c == '\n');
    }

    private static async Task CheckAsync(TemporaryFolder folder, Uri provider)
    {
        var results = (await File.ReadAllLinesAsync(folder.File("output.jsonl"))).Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        results.Length.ShouldBe(Lines);
        var calls = await CallsByJobAsync(provider);
        foreach (var line in results)
        {
            var customId = line.GetProperty("custom_id").GetString()!;
            var number = int.Parse(customId["line-".Length..]);
            var response = line.GetProperty("response");
            response.GetProperty("body").ToString().ShouldContain($"Ticket {number:D6}");
            calls.ShouldContainKey(response.GetProperty("request_id").GetString()!);
        }

        results.Select(l => l.GetProperty("custom_id").GetString()).Distinct().Count().ShouldBe(Lines);

        // One job for each line over all eleven runs. A call that a kill cut off is repeated: at most the 16 in flight, at each kill.
        calls.Count.ShouldBe(Lines);
        calls.Values.Sum().ShouldBeLessThanOrEqualTo(Lines + (Kills * 16));
    }

    private static async Task<Dictionary<string, int>> CallsByJobAsync(Uri provider)
    {
        using var client = new HttpClient { BaseAddress = provider };
        using var stats = JsonDocument.Parse(await client.GetStringAsync(new Uri("/stats", UriKind.Relative)));
        return stats.RootElement.GetProperty("jobs").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32());
    }
}
