namespace InferenceBroker.Messaging;

/// <summary>The broker did not confirm a message: it is away, slow, or has no queue for it.</summary>
public sealed class MessageNotSentException(string message, Exception? inner = null) : Exception(message, inner);
