namespace InferenceBroker.Hosting.Configuration;

/// <summary>One thing that is wrong in the configuration.</summary>
/// <param name="Path">The key, for example <c>models.chat.targets[1].provider</c>.</param>
/// <param name="Message">What is wrong, with the value and what is allowed. Never shows a secret.</param>
public sealed record ConfigurationFault(string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";
}
