using System.Text.Json;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Messaging.Inquiries;
using InferenceBroker.Scheduler.Inquiries;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Inquiries;

public sealed class InquiryTests
{
    [Fact]
    public async Task A_question_is_answered_by_the_loop_in_the_names_of_the_api()
    {
        using var harness = new Harness(new TestCatalog().Provider("a", concurrency: 0).Route("m", ("a", 1)));
        var job = harness.Submit();
        harness.Pump();
        var asked = new LeaderAsked
        {
            QuestionId = Guid.CreateVersion7(),
            Kind = InquiryKinds.Waiting,
            Payload = JsonSerializer.Serialize(new JobsQuestion { JobIds = [job.Id.Value] }, InquiryJson.Default.JobsQuestion),
        };

        await new InquiryHandler(harness.Inbox).HandleAsync(asked, CancellationToken.None);
        harness.Pump();

        var (question, answer) = await harness.Answers.NextAsync();
        question.ShouldBe(asked);
        answer.ShouldBe(
            $$"""{"jobs":[{"job_id":"{{job.Id.Value}}","state":"queued","reason":"waiting for a free call at a","position":1,"eta_seconds":null}]}"""
        );
    }

    [Theory]
    [InlineData(InquiryKinds.ExplainRequest, """{"model":"m","fallbacks":[]}""", "\"endpoint\":\"a/default/m\"")]
    [InlineData(InquiryKinds.Endpoints, "{}", "\"endpoint\":\"a/default/m\"")]
    [InlineData(InquiryKinds.ExplainJob, """{"job_ids":["0199e8a0-0000-7000-8000-000000000000"]}""", "\"job\":null")]
    public async Task Every_kind_has_an_answer(string kind, string payload, string part)
    {
        using var harness = new Harness(new TestCatalog().Route("m", ("a", 1)));

        await new InquiryHandler(harness.Inbox).HandleAsync(new LeaderAsked { Kind = kind, Payload = payload }, CancellationToken.None);
        harness.Pump();

        (await harness.Answers.NextAsync()).Answer.ShouldContain(part);
    }

    [Theory]
    [InlineData("of another version", "{}")]
    [InlineData(InquiryKinds.Waiting, "no JSON")]
    [InlineData(InquiryKinds.ExplainJob, """{"job_ids":[]}""")]
    public async Task A_question_that_cannot_be_read_never_enters_the_inbox(string kind, string payload)
    {
        using var harness = new Harness(new TestCatalog().Route("m", ("a", 1)));

        await new InquiryHandler(harness.Inbox).HandleAsync(new LeaderAsked { Kind = kind, Payload = payload }, CancellationToken.None);

        harness.Inbox.Reader.Count.ShouldBe(0);
    }
}
