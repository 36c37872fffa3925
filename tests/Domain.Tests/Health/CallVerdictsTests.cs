using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Health;

namespace InferenceBroker.Domain.Tests.Health;

public sealed class CallVerdictsTests
{
    [Theory]
    [InlineData(FailureClass.None, CallVerdict.Success)]
    [InlineData(FailureClass.Transient, CallVerdict.Error)]
    [InlineData(FailureClass.Timeout, CallVerdict.Error)]
    [InlineData(FailureClass.Unknown, CallVerdict.Error)]
    [InlineData(FailureClass.CallerFault, CallVerdict.Success)]
    [InlineData(FailureClass.ContextTooLong, CallVerdict.Success)]
    [InlineData(FailureClass.ContentFiltered, CallVerdict.Success)]
    [InlineData(FailureClass.RateLimited, CallVerdict.Neutral)]
    [InlineData(FailureClass.Quota, CallVerdict.Neutral)]
    [InlineData(FailureClass.Credential, CallVerdict.Neutral)]
    [InlineData(FailureClass.ModelUnavailable, CallVerdict.Neutral)]
    [InlineData(FailureClass.Cancelled, CallVerdict.Neutral)]
    [InlineData(FailureClass.WorkerLost, CallVerdict.Neutral)]
    [InlineData(FailureClass.HandedBack, CallVerdict.Neutral)]
    public void Only_what_the_endpoint_is_to_blame_for_is_an_error(FailureClass failure, CallVerdict verdict) =>
        CallVerdicts.Of(failure).ShouldBe(verdict);
}
