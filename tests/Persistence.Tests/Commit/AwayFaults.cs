using InferenceBroker.Persistence.Commit;

namespace InferenceBroker.Persistence.Tests.Commit;

internal sealed class AwayFaults : ITransientFaults
{
    public bool IsTransient(Exception exception) => exception is AwayException;
}
