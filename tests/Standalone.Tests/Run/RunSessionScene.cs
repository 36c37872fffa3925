using System.Text.Json;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;
using Shouldly;

namespace InferenceBroker.Standalone.Tests.Run;

/// <summary>A run against a store in memory, on a clock that the test moves. The test decides when a job ends.</summary>
public abstract class RunSessionScene : IDisposable
{
    private protected RunSessionScene() => Store = new FakeJobStore(Time);

    private protected TemporaryFolder Folder { get; } = new();

    private protected FakeTimeProvider Time { get; } = new(DateTimeOffset.Parse("2026-03-01T12:00:00Z"));

    private protected FakeJobStore Store { get; }

    private protected FakeMessages Messages { get; } = new();

    private protected string Output => Folder.File("out.jsonl");

    private protected string Errors => Folder.File("out.errors.jsonl");

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<RunSnapshot> RunAsync(bool fresh = false, int concurrency = RunOptions.DefaultConcurrency)
    {
        using var session = Session(Options() with { Fresh = fresh, Concurrency = concurrency });
        await session.PrepareAsync(CancellationToken.None);
        await session.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        return session.Figures.Snapshot();
    }

    private protected async Task InterruptOnceSubmittedAsync(int count)
    {
        using var session = Session(Options());
        await session.PrepareAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        Messages.OnSubmitted = _ =>
        {
            if (Messages.Submitted.Count == count)
            {
                stop.Cancel();
            }
        };
        await Should.ThrowAsync<OperationCanceledException>(() => session.RunAsync(stop.Token));
        Messages.OnSubmitted = _ => { };
        Time.Advance(TimeSpan.FromSeconds(1));
    }

    private protected RunOptions Options() =>
        new()
        {
            Input = Folder.File("in.jsonl"),
            Output = Output,
            DataFolder = Folder.File("data"),
        };

    private protected RunSession Session(RunOptions options) =>
        new(
            new RunBroker(Store, new FakeTenantStore(), Messages, Messages, new FixedCatalog(Catalogs.Simple), Time),
            options,
            RunPaths.Resolve(options.Input, options.Output)
        );

    private protected void Answer(Contracts.Submission.SubmittedJob job)
    {
        Store.Complete(new JobId(job.JobId));
        Messages.TellEnded(job.JobId);
    }

    private protected void Complete(string customId) => Store.Complete(Store.Inserted.Last(j => j.CustomId == customId).Id);

    /// <summary>Moves the clock on until the sweeps have found everything.</summary>
    private protected async Task AdvanceUntilAsync(Task run)
    {
        while (!run.IsCompleted)
        {
            Time.Advance(RunCollector.SweepEvery);
            await Task.Yield();
        }

        await run;
    }

    private protected List<string> OutputLines() => [.. File.ReadAllLines(Output)];

    private protected List<(int, string?, string?)> ErrorsOf() =>
        [
            .. File.ReadAllLines(Errors)
                .Select(l => JsonDocument.Parse(l).RootElement)
                .Select(e =>
                    (
                        e.GetProperty("line").GetInt32(),
                        e.GetProperty("custom_id").GetString(),
                        e.GetProperty("error").GetProperty("code").GetString()
                    )
                ),
        ];
}
