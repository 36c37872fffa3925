using System.Threading.Channels;
using InferenceBroker.Hosting.Reload;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Reload;

public sealed class ConfigurationWatchTests
{
    private const string Two = """
        { "providers": { "sim": { "kind": "simulated" } }, "models": { "two": { "targets": [ { "provider": "sim" } ] } } }
        """;

    [Fact]
    public async Task A_change_is_in_force_within_two_seconds()
    {
        using var rig = new ReloadRig(Configuration.Loading.Minimal);
        var time = new FakeTimeProvider();
        using var watch = new ConfigurationWatch(rig.Reload, rig.Source, time, NullLogger<ConfigurationWatch>.Instance);
        var looks = Channel.CreateUnbounded<ReloadOutcome>();
        watch.Looked = outcome => looks.Writer.TryWrite(outcome);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await watch.StartAsync(limit.Token);
        (await looks.Reader.ReadAsync(limit.Token)).ShouldBe(ReloadOutcome.Unchanged);
        rig.Write(Two);

        var passed = TimeSpan.Zero;
        var outcome = ReloadOutcome.Unchanged;
        while (outcome != ReloadOutcome.Applied && passed < TimeSpan.FromSeconds(2))
        {
            time.Advance(ConfigurationWatch.Interval);
            passed += ConfigurationWatch.Interval;
            outcome = await looks.Reader.ReadAsync(limit.Token);
        }

        outcome.ShouldBe(ReloadOutcome.Applied);
        rig.InForce.Current.Catalog.FindRoute("two").ShouldNotBeNull();
        await watch.StopAsync(CancellationToken.None);
    }
}
