using InferenceBroker.Messaging;
using Microsoft.Extensions.Configuration;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>The transport's settings: <c>Broker:Messaging</c> and the connection string.</summary>
internal static class MessagingSettings
{
    private const string Section = "Broker:Messaging";

    /// <exception cref="ConfigurationFaultsException">A key is unknown or a value cannot be read.</exception>
    public static MessagingOptions Read(IConfiguration configuration, string? rabbitMq)
    {
        var section = configuration.GetSection(Section);
        var unknown = KnownKeys.FindUnknown(section, typeof(MessagingOptions)).ToList();
        if (unknown.Count > 0)
        {
            throw new ConfigurationFaultsException("The configuration", unknown);
        }

        var options = new MessagingOptions();
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationFaultsException("The configuration", [new("messaging", e.Message)]);
        }

        options.RabbitMqUri = rabbitMq ?? options.RabbitMqUri;
        return options;
    }
}
