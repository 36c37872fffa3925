using InferenceBroker.Domain.Failures;

namespace InferenceBroker.Domain.Health;

/// <summary>Which failures count for the breaker: the failure taxonomy's third column as one table.</summary>
public static class CallVerdicts
{
    public static CallVerdict Of(FailureClass failure) =>
        failure switch
        {
            FailureClass.Transient or FailureClass.Timeout or FailureClass.Unknown => CallVerdict.Error,

            // It answered, and rightly: the request was at fault.
            FailureClass.None or FailureClass.ContextTooLong or FailureClass.ContentFiltered or FailureClass.CallerFault =>
                CallVerdict.Success,
            _ => CallVerdict.Neutral,
        };
}
