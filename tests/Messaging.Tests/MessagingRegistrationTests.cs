using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace InferenceBroker.Messaging.Tests;

public sealed class MessagingRegistrationTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("amqp://guest:guest@127.0.0.1:1/")]
    public async Task Nothing_is_reported_to_the_library_s_makers(string? rabbitMqUri)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddBrokerMessaging(new MessagingOptions { RabbitMqUri = rabbitMqUri })
            .BuildServiceProvider();

        services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled.ShouldBeFalse();
    }

    [Fact]
    public void AddBrokerMessaging_OptionsOutOfRange_NamesEveryFault()
    {
        var options = new MessagingOptions
        {
            RabbitMqUri = "localhost",
            SchedulerPartitions = 0,
            SendTimeout = TimeSpan.Zero,
        };

        var failure = Should.Throw<OptionsValidationException>(() => new ServiceCollection().AddBrokerMessaging(options));

        failure.Message.ShouldContain("RabbitMqUri must be");
        failure.Message.ShouldContain("SchedulerPartitions");
        failure.Message.ShouldContain("SendTimeout");
    }
}
