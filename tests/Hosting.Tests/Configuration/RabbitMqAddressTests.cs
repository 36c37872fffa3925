using InferenceBroker.Hosting.Configuration;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class RabbitMqAddressTests
{
    [Theory]
    [InlineData("amqp://u:p@rabbit:5673/broker", "amqp://u:p@rabbit:5673/broker")]
    [InlineData("amqps://rabbit", "amqps://rabbit")]
    [InlineData("rabbit", "amqp://rabbit/")]
    [InlineData("rabbit:5673", "amqp://rabbit:5673/")]
    [InlineData("host=rabbit;username=u;password=p@:/ss", "amqp://u:p%40%3A%2Fss@rabbit/")]
    [InlineData("Host=rabbit; Port=5673; VirtualHost=/broker; Username=u; Password=p; Ssl=true", "amqps://u:p@rabbit:5673/broker")]
    public void ToUri_EveryForm_GivesAnAmqpUri(string text, string expected) => RabbitMqAddress.ToUri(text).ShouldBe(expected);

    [Theory]
    [InlineData("http://u:hidden@rabbit")]
    [InlineData("host=rabbit;passwort=hidden")]
    [InlineData("=hidden")]
    public void ToUri_Nonsense_IsAFaultThatShowsNoPassword(string text) =>
        Should.Throw<ConfigurationFaultsException>(() => RabbitMqAddress.ToUri(text)).Message.ShouldNotContain("hidden");
}
