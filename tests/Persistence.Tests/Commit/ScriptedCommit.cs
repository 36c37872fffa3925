using System.Collections.Concurrent;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Tests.Commit;

/// <summary>A commit that waits until the test lets it go on, and does what the test says.</summary>
internal sealed class ScriptedCommit : IDisposable
{
    private readonly SemaphoreSlim _entered = new(0);
    private readonly SemaphoreSlim _allowed = new(0);

    /// <summary>The texts of each group, in the order of the commits.</summary>
    public ConcurrentQueue<(string[] Texts, bool Repeated)> Groups { get; } = [];

    /// <summary>Throws for a group that may not be committed.</summary>
    public Action<string[]> Check { get; set; } = _ => { };

    public async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<(JobId Id, string Text)> rows,
        bool repeated,
        CancellationToken cancellationToken
    )
    {
        var texts = rows.Select(row => row.Text).ToArray();
        Groups.Enqueue((texts, repeated));
        _entered.Release();
        await _allowed.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        Check(texts);
        return [.. texts.Select(text => text + "!")];
    }

    /// <summary>Completes when the next commit has begun.</summary>
    public async Task EnteredAsync() =>
        _ = await _entered.WaitAsync(TimeSpan.FromSeconds(30)) ? true : throw new TimeoutException("No commit began.");

    /// <summary>Lets this many commits go on.</summary>
    public void Allow(int commits = 1) => _allowed.Release(commits);

    public void Dispose()
    {
        _entered.Dispose();
        _allowed.Dispose();
    }
}
