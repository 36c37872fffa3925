using InferenceBroker.Api.Jobs;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Jobs;

public sealed class JobFailuresTests
{
    [Fact]
    public void ExpiredJobWithoutAStoredError_SaysWhatTheSweepStores()
    {
        var expired = new StoredJob
        {
            Id = new JobId(Guid.Empty),
            TenantId = 1,
            State = JobState.Expired,
            Operation = Operation.ChatCompletions,
            Model = "model-a",
        };

        var answer = JobFailures.AnswerOf(new JobDetails(expired, [], Result: null));

        (answer.Status, answer.Code, answer.Type).ShouldBe((504, "job_expired", "server_error"));
    }
}
