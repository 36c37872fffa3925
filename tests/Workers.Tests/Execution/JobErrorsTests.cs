using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Workers.Execution;
using Shouldly;
using Xunit;

namespace InferenceBroker.Workers.Tests.Execution;

public sealed class JobErrorsTests
{
    [Fact]
    public void The_table_has_one_row_for_each_failure_class_at_its_number()
    {
        JobErrors.All.Select(r => r.Class).ShouldBe(Enum.GetValues<FailureClass>());
    }

    [Theory]
    [InlineData(FailureClass.CallerFault, 422, 422)]
    [InlineData(FailureClass.CallerFault, 0, 400)]
    [InlineData(FailureClass.Credential, 401, 502)]
    [InlineData(FailureClass.Quota, 402, 503)]
    [InlineData(FailureClass.RateLimited, 429, 429)]
    [InlineData(FailureClass.Timeout, 0, 504)]
    [InlineData(FailureClass.Transient, 500, 502)]
    public void The_status_blames_the_caller_only_for_his_own_fault(FailureClass failure, int provider, int expected)
    {
        JobErrors.StatusCodeOf(new ProviderFailure(failure, "Bad."), RetryVerdict.Fail, provider).ShouldBe(expected);
    }

    [Theory]
    [InlineData(404, "api_error", 404, "model_not_found", "invalid_request_error")]
    [InlineData(403, "model_not_found", 404, "model_not_found", "invalid_request_error")]
    [InlineData(404, null, 503, "model_unavailable", "upstream_error")] // no word of the dialect: a wrong base URL
    [InlineData(0, null, 503, "model_unavailable", "upstream_error")] // not configured
    [InlineData(410, "gone", 503, "gone", "upstream_error")]
    public void A_model_that_the_provider_does_not_know_is_the_callers(int provider, string? code, int status, string expected, string type)
    {
        var failure = new ProviderFailure(FailureClass.ModelUnavailable, "No such model.", Code: code);

        JobErrors.StatusCodeOf(failure, RetryVerdict.Fail, provider).ShouldBe(status);
        var error = JobErrors.Of(failure, RetryVerdict.Fail, provider);
        error.Code.ShouldBe(expected);
        error.Type.ShouldBe(type);
    }

    [Fact]
    public void Without_a_code_of_the_providers_the_failure_names_itself()
    {
        var error = JobErrors.Of(
            new ProviderFailure(FailureClass.CallerFault, "Bad.", Param: "messages"),
            RetryVerdict.Fail,
            providerStatus: 400
        );

        error.Code.ShouldBe("invalid_request");
        error.Type.ShouldBe("invalid_request_error");
        error.Param.ShouldBe("messages");
    }
}
