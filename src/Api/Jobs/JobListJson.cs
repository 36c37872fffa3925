using System.Buffers;
using System.Text.Json;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Jobs;

/// <summary>Writes a page of jobs. Answers and attempts are left out: a page must not weigh a hundred answers.</summary>
internal static class JobListJson
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<StoredJob> jobs, int limit, DateTimeOffset now)
    {
        var count = Math.Min(jobs.Count, limit);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (var i = 0; i < count; i++)
        {
            JobJson.Write(json, new JobView(new JobDetails(jobs[i], [], Result: null)), now);
        }

        json.WriteEndArray();
        json.WriteString("first_id"u8, count == 0 ? null : jobs[0].Id.ToString());
        json.WriteString("last_id"u8, count == 0 ? null : jobs[count - 1].Id.ToString());
        json.WriteBoolean("has_more"u8, jobs.Count > limit);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
