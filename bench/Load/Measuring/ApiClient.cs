using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace InferenceBroker.Load.Measuring;

/// <summary>The few calls that the benchmark makes, with as little client work as possible.</summary>
internal sealed class ApiClient(Uri address, string? key, int connections) : IDisposable
{
    private static readonly byte[] JobPrefix = "{\"body\":"u8.ToArray();

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { MaxConnectionsPerServer = connections, PooledConnectionLifetime = TimeSpan.FromMinutes(30) }
    )
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>POST /v1/jobs; returns the job's id.</summary>
    public async Task<string> SubmitAsync(byte[] body)
    {
        byte[] envelope = [.. JobPrefix, .. body, (byte)'}'];
        using var answer = await PostAsync("/v1/jobs", envelope, HttpCompletionOption.ResponseContentRead);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return IdOf(bytes);
    }

    /// <summary>POST a synchronous chat completion; returns when the whole answer is there.</summary>
    public async Task CompleteAsync(byte[] body)
    {
        using var answer = await PostAsync("/v1/chat/completions", body, HttpCompletionOption.ResponseContentRead);
    }

    /// <summary>POST a streamed chat completion; returns the time to its first data line, after reading all of it.</summary>
    public async Task<TimeSpan> FirstTokenAsync(byte[] body)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await PostAsync("/v1/chat/completions", body, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(stream);
        TimeSpan? first = null;
        while (await reader.ReadLineAsync() is { } line)
        {
            // The first chunk of the dialect only names the role: a token is the first chunk with content.
            if (
                first is null
                && line.Contains("\"content\":\"", StringComparison.Ordinal)
                && !line.Contains("\"content\":\"\"", StringComparison.Ordinal)
            )
            {
                first = clock.Elapsed;
            }
        }

        return first ?? throw new InvalidOperationException("The stream held no content.");
    }

    public void Dispose() => _http.Dispose();

    private static string IdOf(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                return reader.GetString()!;
            }
        }

        throw new InvalidOperationException("The answer holds no id.");
    }

    private async Task<HttpResponseMessage> PostAsync(string path, byte[] body, HttpCompletionOption completion)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        var answer = await _http.SendAsync(request, completion);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }

        return answer;
    }
}
