using System.Text;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Standalone.Run.Output;
using InferenceBroker.Standalone.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Run.Output;

public sealed class ResultLineTests : IDisposable
{
    private static readonly JobId Id = new(new Guid("01900000-0000-7000-8000-000000000001"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"a":[1.50,"é"]}""", """{"a":[1.50,"é"]}""")]
    [InlineData("{\n  \"a\": 1\r\n}", """{"a":1}""")]
    [InlineData("", "null")]
    [InlineData(" \n", "null")]
    [InlineData("<html>\n</html>", "\"<html>\\n</html>\"")]
    [InlineData("{broken", "\"{broken\"")]
    public void An_answer_is_one_line_whatever_the_provider_sent(string body, string expected)
    {
        Write(file => file.Write(json => ResultLine.WriteAnswer(json, Job(), new StoredResult(200, Encoding.UTF8.GetBytes(body)))))
            .ShouldBe(
                """{"id":"batch_req_01900000000070008000000000000001","custom_id":"a","response":{"status_code":200,"request_id":"job_01900000000070008000000000000001","body":"""
                    + expected
                    + """},"error":null}"""
                    + "\n"
            );
    }

    [Theory]
    [InlineData(JobState.Failed, "job_failed")]
    [InlineData(JobState.Cancelled, "job_cancelled")]
    [InlineData(JobState.Expired, "job_expired")]
    public void A_failure_without_an_error_of_its_own_is_named_by_its_state(JobState state, string code)
    {
        Write(file => file.Write(json => ResultLine.WriteFailure(json, 4, Job() with { State = state }, result: null)))
            .ShouldStartWith($$"""{"line":4,"custom_id":"a","response":null,"error":{"code":"{{code}}",""");
    }

    private string Write(Action<JsonLineFile> write)
    {
        using (var file = JsonLineFile.Create(_folder.File("lines.jsonl")))
        {
            write(file);
        }

        return File.ReadAllText(_folder.File("lines.jsonl"));
    }

    private static StoredJob Job() =>
        new()
        {
            Id = Id,
            TenantId = 1,
            State = JobState.Completed,
            Operation = Operation.ChatCompletions,
            Model = "m",
            CustomId = "a",
        };
}
