namespace InferenceBroker.Standalone.CommandLine;

/// <summary>The caller has to change something; the message says what. Ends the process with <see cref="ExitCodes.Usage"/>.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
