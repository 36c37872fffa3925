namespace InferenceBroker.Api.Jobs;

internal sealed record JobTokenAnswer(string Object, string JobId, string Token, long ExpiresAt);
