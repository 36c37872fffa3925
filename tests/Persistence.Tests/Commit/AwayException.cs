namespace InferenceBroker.Persistence.Tests.Commit;

internal sealed class AwayException() : Exception("The database is away.");
