namespace InferenceBroker.Persistence.Startup;

/// <summary>The database could not be made ready; the message says what to look at.</summary>
public sealed class DatabaseNotReadyException(string message, Exception? innerException) : Exception(message, innerException);
