using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Commit;
using Shouldly;
using Xunit;

namespace InferenceBroker.Persistence.Tests.Commit;

#pragma warning disable CA1001 // xunit calls DisposeAsync.
public sealed class GroupCommitTests : IAsyncLifetime
{
    private const int MaxRows = 5;

    private readonly TimerSignal _time = new();
    private readonly ScriptedCommit _commit = new();
    private readonly GroupCommit<(JobId Id, string Text), string> _group;

    public GroupCommitTests()
    {
        var options = new GroupCommitOptions { MaxRows = MaxRows };
        _group = new(_commit.RunAsync, row => row.Id, new AwayFaults(), options, _time);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _commit.Allow(1000);
        await _group.DisposeAsync();
        _commit.Dispose();
    }

    [Fact]
    public async Task CommitAsync_LoneRow_IsCommittedWithoutATimer()
    {
        _commit.Allow();
        (await CommitAsync("a")).ShouldBe("a!");
    }

    [Fact]
    public async Task CommitAsync_RowsThatComeMeanwhile_ShareTheNextGroupInOrder()
    {
        var first = CommitAsync("a");
        await _commit.EnteredAsync();
        var rest = new[] { "b", "c", "d" }.Select(text => CommitAsync(text)).ToArray();
        _commit.Allow(2);
        (await first).ShouldBe("a!");
        (await Task.WhenAll(rest)).ShouldBe(["b!", "c!", "d!"]);
        Texts()
            .ShouldBe([
                ["a"],
                ["b", "c", "d"],
            ]);
    }

    [Fact]
    public async Task CommitAsync_MoreThanAGroupHolds_MakesSeveral()
    {
        var first = CommitAsync("0");
        await _commit.EnteredAsync();
        var rest = Enumerable.Range(1, 7).Select(i => CommitAsync($"{i}")).ToArray();
        _commit.Allow(3);
        await Task.WhenAll([first, .. rest]);
        Texts().Select(group => group.Length).ShouldBe([1, MaxRows, 2]);
    }

    [Fact]
    public async Task CommitAsync_TwoRowsOfOneJob_GoInTwoGroupsInOrder()
    {
        var first = CommitAsync("0");
        await _commit.EnteredAsync();
        var id = JobId.Create(_time);
        Task<string>[] rest = [CommitAsync("1", id), CommitAsync("2", id), CommitAsync("x"), CommitAsync("3", id)];
        _commit.Allow(4);
        await Task.WhenAll([first, .. rest]);
        Texts()
            .ShouldBe([
                ["0"],
                ["1", "x"],
                ["2"],
                ["3"],
            ]);
    }

    [Fact]
    public async Task CommitAsync_PoisonRow_FailsItsOwnCallerOnly()
    {
        _commit.Check = texts =>
        {
            if (texts.Contains("poison"))
            {
                throw new BadRowException();
            }
        };
        var first = CommitAsync("a");
        await _commit.EnteredAsync();
        var good = CommitAsync("b");
        var poison = CommitAsync("poison");
        var alsoGood = CommitAsync("c");
        _commit.Allow(10);

        await Should.ThrowAsync<BadRowException>(poison);
        (await Task.WhenAll(first, good, alsoGood)).ShouldBe(["a!", "b!", "c!"]);
    }

    [Fact]
    public async Task CommitAsync_CancelledWhileItWaits_IsDropped()
    {
        using var cancel = new CancellationTokenSource();
        var first = CommitAsync("a");
        await _commit.EnteredAsync();
        var dropped = _group.CommitAsync((JobId.Create(_time), "dropped"), cancel.Token);
        var kept = CommitAsync("kept");
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(dropped);
        _commit.Allow(2);
        await Task.WhenAll(first, kept);
        Texts()
            .ShouldBe([
                ["a"],
                ["kept"],
            ]);
    }

    [Fact]
    public async Task CommitAsync_CancelledWhileItIsCommitted_LetsTheCallerGo()
    {
        using var cancel = new CancellationTokenSource();
        var caller = _group.CommitAsync((JobId.Create(_time), "a"), cancel.Token);
        await _commit.EnteredAsync();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(caller);
    }

    [Fact]
    public async Task CommitAsync_DatabaseComesBack_IsTriedAgainAndSaysSo()
    {
        var away = 2;
        _commit.Check = _ =>
        {
            if (away-- > 0)
            {
                throw new AwayException();
            }
        };
        _commit.Allow(10);
        var caller = CommitAsync("a");
        await AdvanceUntilCompletedAsync(caller);
        (await caller).ShouldBe("a!");
        _commit.Groups.Select(group => group.Repeated).ShouldBe([false, true, true]);
    }

    [Fact]
    public async Task CommitAsync_DatabaseStaysAway_FailsWhenPatienceIsOver()
    {
        _commit.Check = _ => throw new AwayException();
        _commit.Allow(1000);
        var began = _time.GetUtcNow();
        var caller = CommitAsync("a");
        await AdvanceUntilCompletedAsync(caller);
        await Should.ThrowAsync<AwayException>(caller);
        (_time.GetUtcNow() - began).ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task DisposeAsync_RowsWaiting_AreCommittedFirst()
    {
        var rows = Enumerable.Range(0, 3).Select(i => CommitAsync($"{i}")).ToArray();
        _commit.Allow(10);
        await _group.DisposeAsync();
        (await Task.WhenAll(rows)).ShouldBe(["0!", "1!", "2!"]);
        await Should.ThrowAsync<ObjectDisposedException>(() => CommitAsync("late"));
    }

    private string[][] Texts() => [.. _commit.Groups.Select(group => group.Texts)];

    private Task<string> CommitAsync(string text, JobId? id = null) =>
        _group.CommitAsync((id ?? JobId.Create(_time), text), CancellationToken.None);

    /// <summary>Moves the clock each time the loop waits.</summary>
    private async Task AdvanceUntilCompletedAsync(Task task)
    {
        while (await Task.WhenAny(task, _time.TimerSetAsync()) != task)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
