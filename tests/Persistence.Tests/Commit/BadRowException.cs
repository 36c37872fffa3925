namespace InferenceBroker.Persistence.Tests.Commit;

internal sealed class BadRowException() : Exception("A bad row.");
