using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging.Topology;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Messaging.Hints;

/// <summary>Puts each hint into the channel of its destination.</summary>
internal sealed class HintSender : IHintSender
{
    private readonly HintChannel<SubmittedJob>[] _submissions;
    private readonly HintChannel<AttemptEnded>[] _settlements;
    private readonly HintChannel<RelayHint> _relay;
    private readonly HintChannel<Guid> _cancellations;

    public HintSender(
        IBus bus,
        ITransportTopology topology,
        MessagingOptions options,
        MessagingMetrics metrics,
        TimeProvider time,
        ILogger<HintSender> logger
    )
    {
        Uri[] partitions = [.. Enumerable.Range(0, options.SchedulerPartitions).Select(n => topology.Address(QueueNames.Scheduler(n)))];
        _submissions =
        [
            .. partitions.Select(address => new HintChannel<SubmittedJob>(
                "submissions",
                async (jobs, token) =>
                    await (await bus.GetSendEndpoint(address)).Send(
                        new JobsSubmitted { Jobs = jobs },
                        TransientPipe<JobsSubmitted>.Instance,
                        token
                    ),
                options,
                metrics,
                time,
                logger
            )),
        ];
        _settlements =
        [
            .. partitions.Select(address => new HintChannel<AttemptEnded>(
                "settlements",
                async (attempts, token) =>
                    await (await bus.GetSendEndpoint(address)).Send(
                        new AttemptsEnded { Attempts = attempts },
                        TransientPipe<AttemptsEnded>.Instance,
                        token
                    ),
                options,
                metrics,
                time,
                logger
            )),
        ];
        _relay = new HintChannel<RelayHint>(
            "relay",
            (hints, token) => bus.Publish(RelayHint.Coalesce(hints), TransientPipe<JobsChanged>.Instance, token),
            options,
            metrics,
            time,
            logger,
            options.RelayBatchSize,
            hint => hint.Size
        );
        _cancellations = new HintChannel<Guid>(
            "cancellations",
            (jobs, token) => bus.Publish(new CancelJobs { JobIds = jobs }, TransientPipe<CancelJobs>.Instance, token),
            options,
            metrics,
            time,
            logger
        );
    }

    public IEnumerable<IHintChannel> Channels => [.. _submissions, .. _settlements, _relay, _cancellations];

    public void JobSubmitted(SubmittedJob job) => _submissions[SchedulerPartition.Of(job.Model, _submissions.Length)].Post(job);

    /// <summary>To every partition: they share the endpoints, whose credit and health this tells.</summary>
    public void AttemptEnded(AttemptEnded attempt)
    {
        foreach (var partition in _settlements)
            partition.Post(attempt);
    }

    public void ChunksStored(ChunkFrame frame) => _relay.Post(new RelayHint(frame.JobId, frame));

    public void JobChanged(Guid jobId) => _relay.Post(new RelayHint(jobId));

    public void JobEnded(Guid jobId) => _relay.Post(new RelayHint(jobId, HasEnded: true));

    public void CancelRequested(Guid jobId) => _cancellations.Post(jobId);
}
