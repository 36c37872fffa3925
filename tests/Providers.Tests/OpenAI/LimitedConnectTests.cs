using InferenceBroker.Providers.OpenAI;
using Microsoft.Extensions.Time.Testing;
using Polly.Timeout;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.OpenAI;

public sealed class LimitedConnectTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_connection_that_takes_longer_than_the_limit_is_given_up()
    {
        var connect = new LimitedConnect(TimeSpan.FromSeconds(10), _time, Hang);
        var connecting = connect.RunAsync(null!, CancellationToken.None).AsTask();

        _time.Advance(TimeSpan.FromSeconds(9));
        connecting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        await Should.ThrowAsync<TimeoutRejectedException>(() => connecting);
    }

    [Fact]
    public async Task The_handlers_own_cancel_is_no_timeout()
    {
        var connect = new LimitedConnect(TimeSpan.FromSeconds(10), _time, Hang);
        using var cancel = new CancellationTokenSource();
        var connecting = connect.RunAsync(null!, cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => connecting);
    }

    private async ValueTask<Stream> Hang(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
        return Stream.Null;
    }
}
