namespace InferenceBroker.Api;

internal sealed record ListAnswer<T>(string Object, IReadOnlyList<T> Data, bool HasMore);
