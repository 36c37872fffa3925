using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Messaging.Receiving;
using InferenceBroker.Messaging.Topology;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Messaging.Inquiries;

/// <summary>
/// The first question connects this process' queue of answers, so that a process that never asks has none. The question goes to the queue that
/// only the partition's leader takes from; its answer comes back by the question's id.
/// </summary>
internal sealed partial class LeaderInquiry(
    IBus bus,
    ITransportTopology topology,
    MessageReceiver receiver,
    MessagingOptions options,
    TimeProvider time,
    ILogger<LeaderInquiry> logger
) : ILeaderInquiry, IAsyncDisposable
{
    private const int MostOpen = 64;

    private readonly string _queue = QueueNames.OfThisProcess(QueueNames.Answers);
    private readonly OpenQuestions _open = new(MostOpen);
    private readonly Lock _gate = new();
    private Task<IAsyncDisposable>? _connection;

    public int Partitions => options.SchedulerPartitions;

    public int PartitionOf(string model) => SchedulerPartition.Of(model, options.SchedulerPartitions);

    public async Task<string?> AskAsync(int partition, string kind, string payload, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var question = new LeaderAsked
        {
            QuestionId = Guid.CreateVersion7(),
            ReplyTo = _queue,
            Kind = kind,
            Payload = payload,
        };
        if (!_open.TryOpen(question.QuestionId, out var answer))
        {
            return null;
        }

        using var timeout = new CancellationTokenSource(limit ?? options.InquiryTimeout, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await ConnectedAsync().WaitAsync(ended.Token);
            await SendAsync(partition, question, ended.Token).WaitAsync(ended.Token);
            return await answer.Task.WaitAsync(ended.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoAnswer(kind, exception.GetType().Name);
            return null;
        }
        finally
        {
            _open.Close(question.QuestionId);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { IsCompletedSuccessfully: true } connection)
        {
            await (await connection).DisposeAsync();
        }
    }

    /// <summary>One connection for all; one that failed is tried again by the next question. Not bound to the caller, who may leave sooner.</summary>
    private Task<IAsyncDisposable> ConnectedAsync()
    {
        lock (_gate)
        {
            if (_connection is null || _connection.IsFaulted || _connection.IsCanceled)
            {
                _connection = receiver.ReceiveAnswersAsync(_queue, _open, CancellationToken.None);
            }

            return _connection;
        }
    }

    private async Task SendAsync(int partition, LeaderAsked question, CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(topology.Address(QueueNames.Scheduler(partition)));
        await endpoint.Send(question, InquiryPipe<LeaderAsked>.Instance, cancellationToken);
    }

    [LoggerMessage(LogLevel.Debug, "No leading scheduler answered '{Kind}' ({Reason})")]
    private partial void LogNoAnswer(string kind, string reason);
}
