using InferenceBroker.EndToEnd.Tests.Infrastructure;

namespace InferenceBroker.EndToEnd.Tests.Faults;

/// <summary>The promise: messages are hints. A RabbitMQ that is killed and loses all its data loses no job.</summary>
public sealed class WipedRabbitMqTests
{
    [Fact]
    public async Task Killed_and_wiped_RabbitMQ_loses_no_job()
    {
        await using var rabbit = await Clusters.StartOwnRabbitMqAsync();
        await using var cluster = await Clusters.StartAsync(rabbitMq: await rabbit.CreateVirtualHostAsync());
        var ledger = new Ledger(cluster);
        await ledger.SubmitManyAsync(0, 250, LedgerConfiguration.Model);
        await ledger.WaitForEndedAsync(40);

        await rabbit.KillAsync();
        await rabbit.WipeAsync();
        await ledger.SubmitManyAsync(250, 50, LedgerConfiguration.Model);
        await rabbit.StartAsync();
        await ledger.SubmitManyAsync(300, 50, LedgerConfiguration.Model);

        await ledger.BalanceAsync();
    }
}
