using System.Threading.Channels;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Messaging.Inquiries;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>Keeps the answers for a test to await.</summary>
internal sealed class FakeAnswerSender : IAnswerSender
{
    private readonly Channel<(LeaderAsked Question, string Answer)> _answers = Channel.CreateUnbounded<(LeaderAsked, string)>();

    public Task SendAsync(LeaderAsked question, string answer, CancellationToken cancellationToken)
    {
        _answers.Writer.TryWrite((question, answer));
        return Task.CompletedTask;
    }

    public async Task<(LeaderAsked Question, string Answer)> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _answers.Reader.ReadAsync(limit.Token);
    }
}
