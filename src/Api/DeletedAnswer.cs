namespace InferenceBroker.Api;

internal sealed record DeletedAnswer(string Id, string Object, bool Deleted);
