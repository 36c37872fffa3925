using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging;
using InferenceBroker.Scheduler.Controls;
using InferenceBroker.Scheduler.Dispatch;
using InferenceBroker.Scheduler.Inquiries;
using InferenceBroker.Scheduler.Recovery;

namespace InferenceBroker.Scheduler.Leadership;

/// <summary>One term: rebuild the memory, then listen, dispatch and sweep until the term is over.</summary>
internal sealed partial class LeaderSession(
    MemoryRebuild rebuild,
    DispatchInbox inbox,
    DispatchLoop loop,
    Sweeper sweeper,
    PlacementWatch watch,
    IMessageReceiver receiver,
    SchedulerOptions options,
    TimeProvider time,
    ILogger<LeaderSession> logger
) : ILeaderSession
{
    private static readonly TimeSpan ConnectPause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await rebuild.RunAsync(cancellationToken);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using (loop)
        {
            Task[] parts = [loop.RunAsync(over.Token), sweeper.RunAsync(over.Token), watch.RunAsync(over.Token), ListenAsync(over.Token)];
            var first = await Task.WhenAny(parts);
            inbox.Close();
            await over.CancelAsync();
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await first;
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var submissions = new InboxHandler<JobsSubmitted>(inbox);
        var settlements = new InboxHandler<AttemptsEnded>(inbox);
        var questions = new InquiryHandler(inbox);
        while (true)
        {
            try
            {
                await using var connection = await receiver.ReceiveSchedulingAsync(
                    options.Partition,
                    submissions,
                    settlements,
                    questions,
                    cancellationToken
                );
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Without the bus the sweeps find every job, only later: no reason to give the lead up.
                LogNotConnected(logger, exception, options.Partition);
            }

            await Task.Delay(ConnectPause, time, cancellationToken);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The queue of scheduler partition {Partition} could not be connected; tried again shortly"
    )]
    private static partial void LogNotConnected(ILogger logger, Exception exception, int partition);
}
