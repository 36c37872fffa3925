using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// Sends rounds to the database while the loop plans the next ones. A round goes at once while none is under way; otherwise it gathers more
/// jobs until one comes back or it is worth a statement of its own, so that a busy scheduler makes few large claims and an idle one waits
/// for nothing. Belongs to the dispatch loop: not thread safe.
/// </summary>
internal sealed partial class ClaimPipeline(
    IJobStore store,
    LeaderTerm term,
    DispatchInbox inbox,
    SchedulerOptions options,
    TimeProvider time,
    ILogger<ClaimPipeline> logger
)
{
    private readonly int _worthwhile = Math.Max(1, options.RoundSize / 4);
    private List<IndexedJob> _open = [];
    private int _underWay;

    /// <summary>The round to add to.</summary>
    public List<IndexedJob> Open => _open;

    /// <summary>True while another job may join.</summary>
    public bool HasRoom => _open.Count < options.RoundSize;

    /// <summary>Sends the open round if it may go. False: it stays open.</summary>
    public bool TrySend(CancellationToken cancellationToken)
    {
        var mayGo = _underWay == 0 || (_open.Count >= _worthwhile && _underWay < options.RoundsInFlight);
        if (_open.Count == 0 || !mayGo)
        {
            return false;
        }

        _underWay++;
        var round = _open;
        _open = [];
        _ = ClaimAsync(round, cancellationToken);
        return true;
    }

    /// <summary>A round came back.</summary>
    public void NoteEnded() => _underWay--;

    private async Task ClaimAsync(List<IndexedJob> round, CancellationToken cancellationToken)
    {
        var claims = new Claim[round.Count];
        for (var i = 0; i < claims.Length; i++)
        {
            claims[i] = new Claim(round[i].JobId, round[i].Fence, round[i].Endpoint!.Name);
        }

        await inbox.PostAsync(await AskAsync(round, claims, cancellationToken), cancellationToken);
    }

    private async Task<object> AskAsync(List<IndexedJob> round, Claim[] claims, CancellationToken cancellationToken)
    {
        IReadOnlySet<JobId>? claimed = null;
        try
        {
            claimed = await store.ClaimAsync(term, claims, time.GetUtcNow(), cancellationToken);
        }
        catch (TermOverException over)
        {
            return over;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogClaimFailed(logger, exception, round.Count);
        }
        catch (OperationCanceledException)
        {
            // The term is over, and the loop with it.
        }

        return new ClaimEnded(round, claimed);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The claim of {Jobs} jobs got no answer from the database; they are claimed again")]
    private static partial void LogClaimFailed(ILogger logger, Exception exception, int jobs);
}
