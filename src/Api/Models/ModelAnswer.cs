namespace InferenceBroker.Api.Models;

internal sealed record ModelAnswer(string Id, string Object, long Created, string OwnedBy);
