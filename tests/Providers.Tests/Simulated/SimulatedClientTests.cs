using System.Text;
using System.Text.Json;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.Simulated;
using InferenceBroker.Providers.Tests.Calls;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Simulated;

public sealed class SimulatedClientTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SimulatedProviders _providers;
    private readonly SimulatedClient _client;

    public SimulatedClientTests()
    {
        _providers = new SimulatedProviders(_time);
        _client = new SimulatedClient(_providers, _time);
    }

    [Fact]
    public async Task Same_seed_and_calls_give_the_same_answers()
    {
        var first = await AskAsync(new SimulatedClient(new SimulatedProviders(_time), _time));
        var second = await AskAsync(new SimulatedClient(new SimulatedProviders(_time), _time));

        second.ShouldBe(first);
        first.ShouldContain("failed");
        first.ShouldContain(answer => answer.StartsWith("{\"id\":\"chatcmpl-sim-", StringComparison.Ordinal));

        static async Task<List<string>> AskAsync(SimulatedClient client)
        {
            var connection = TestCalls.Connection(null, ("latencyms", "0"), ("tokenspersecond", "0"), ("seed", "7"));
            var answers = new List<string>();
            for (var i = 0; i < 30; i++)
            {
                var answer = await client.SendAsync(
                    TestCalls.Chat(connection, "sim-flaky-30-fast", $"p{i}"),
                    new CollectingSink(),
                    default
                );
                answers.Add(answer.Failure is null ? Encoding.UTF8.GetString(answer.Body!) : "failed");
            }

            return answers;
        }
    }

    [Theory]
    [InlineData("sim-fast", false)]
    [InlineData("sim-fast", true)]
    [InlineData("sim-500", false)]
    public async Task A_key_with_limits_tells_what_is_left_of_them_however_the_call_ends(string model, bool streaming)
    {
        var limited = await SendAsync(Instant(("requestsperminute", "5"), ("tokensperminute", "5000")), model, streaming: streaming);

        var limits = limited.Limits.ShouldNotBeNull();
        limits.RemainingRequests.ShouldBe(4);
        limits.RemainingTokens!.Value.ShouldBeInRange(4_000, 4_999);
        limits.TokensReset.ShouldBe(TimeSpan.FromMinutes(1));
        (await SendAsync(Instant(), model, streaming: streaming)).Limits.ShouldBeNull();
    }

    [Fact]
    public async Task Echo_gives_the_prompt_back()
    {
        var answer = await SendAsync(Instant(), "sim-echo", "say  it \\\"twice\\\" é");

        using var body = JsonDocument.Parse(answer.Body);
        var content = body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
        content.ShouldBe(SimulatedPrompt.Mark("say  it \"twice\" é") + " say  it \"twice\" é");
    }

    [Fact]
    public async Task Latency_and_token_rate_take_their_time()
    {
        var connection = TestCalls.Connection(
            null,
            ("latencyms", "1000"),
            ("jitter", "0"),
            ("tokenspersecond", "10"),
            ("outputtokens", "20")
        );
        var sent = SendAsync(connection, "m");

        _time.Advance(TimeSpan.FromSeconds(2.9));
        sent.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.2));

        (await sent).Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData("sim-reset", false)]
    [InlineData("sim-reset", true)]
    [InlineData("sim-cut-5", false)]
    [InlineData("sim-cut-5", true)]
    [InlineData("sim-unterminated-5", true)]
    [InlineData("sim-malformed", true)]
    public async Task Faults_are_those_of_the_network(string model, bool streaming)
    {
        var answer = await SendAsync(Instant(), model, streaming: streaming);

        answer.Failure!.Class.ShouldBe(FailureClass.Transient);
        answer.HasOutput.ShouldBe(streaming && model.EndsWith('5'));
    }

    [Fact]
    public async Task Hang_ends_by_the_time_limit()
    {
        var sent = SendAsync(Instant(), "sim-hang", streaming: true);

        _time.Advance(TimeSpan.FromSeconds(60));

        (await sent).Failure!.Class.ShouldBe(FailureClass.Timeout);
    }

    [Fact]
    public async Task A_stream_that_its_reader_leaves_ends_at_the_provider()
    {
        var connection = TestCalls.Connection(null, ("latencyms", "0"), ("jitter", "0"), ("tokenspersecond", "1"), ("outputtokens", "500"));
        using var cancel = new CancellationTokenSource();
        var sink = new CollectingSink();
        var sent = _client.SendAsync(TestCalls.Chat(connection, "m", streaming: true), sink, cancel.Token);
        await sink.First;
        var total = _providers.Find("acme")!.Stats.Total;
        total.InFlight.ShouldBe(1);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sent);
        SpinWait.SpinUntil(() => total.InFlight == 0, TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    [Fact]
    public async Task Requests_per_minute_are_enforced_over_a_sliding_minute()
    {
        var connection = Instant(("requestsperminute", "2"));
        (await SendAsync(connection, "m")).Failure.ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(20));
        (await SendAsync(connection, "m")).Failure.ShouldBeNull();

        var refused = await SendAsync(connection, "m");
        refused.Failure!.Class.ShouldBe(FailureClass.RateLimited);
        refused.Failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(40));

        _time.Advance(TimeSpan.FromSeconds(40));
        (await SendAsync(connection, "m")).Failure.ShouldBeNull();
        (await SendAsync(connection, "m")).Failure.ShouldNotBeNull();
        _providers.Find("acme")!.Stats.Total.RateLimited.ShouldBe(2);
    }

    [Fact]
    public async Task Tokens_per_minute_are_enforced()
    {
        // "Hello" counts 2, the answer 10.
        var connection = Instant(("tokensperminute", "25"), ("outputtokens", "10"));
        (await SendAsync(connection, "m")).Usage!.Value.TotalTokens.ShouldBe(12);
        (await SendAsync(connection, "m")).Failure.ShouldBeNull();

        var refused = await SendAsync(connection, "m");

        refused.Failure!.Class.ShouldBe(FailureClass.RateLimited);
        refused.Failure.RetryAfter.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Concurrency_is_enforced()
    {
        var connection = TestCalls.Connection(null, ("latencyms", "1000"), ("concurrency", "1"));
        var first = SendAsync(connection, "m");

        (await SendAsync(connection, "m")).Failure!.Class.ShouldBe(FailureClass.RateLimited);

        _time.Advance(TimeSpan.FromSeconds(5));
        (await first).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Changed_settings_hold_for_later_calls_and_keep_the_ledger()
    {
        await SendAsync(Instant(), "m");

        var down = await SendAsync(Instant(("outage", "error")), "m");

        down.StatusCode.ShouldBe(503);
        _providers.Find("acme")!.Stats.Total.Calls.ShouldBe(2);
        _providers.Find("acme")!.Stats.Jobs["job_1"].ShouldBe(2);
    }

    private static ProviderConnection Instant(params (string Name, string Value)[] settings) =>
        TestCalls.Connection(null, [("latencyms", "0"), ("tokenspersecond", "0"), .. settings]);

    private Task<ProviderAnswer> SendAsync(ProviderConnection connection, string model, string prompt = "Hello", bool streaming = false) =>
        _client.SendAsync(TestCalls.Chat(connection, model, prompt, streaming), new CollectingSink(), CancellationToken.None);
}
