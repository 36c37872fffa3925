using System.Runtime.CompilerServices;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>What every call of a connection needs, made once.</summary>
internal sealed class PreparedConnection
{
    private const string HeaderPrefix = "header.";
    private static readonly ConditionalWeakTable<ProviderConnection, PreparedConnection> Known = new();

    private readonly Uri _chat;
    private readonly Uri _completions;
    private readonly Uri _embeddings;
    private readonly Dictionary<string, string> _credentials = [];
    private readonly string _credentialHeader = "Authorization";
    private readonly List<KeyValuePair<string, string>> _headers = [];

    private PreparedConnection(ProviderConnection connection)
    {
        var baseUrl = connection.BaseUrl?.AbsoluteUri.TrimEnd('/') ?? "http://in-process/v1";
        _chat = new Uri(baseUrl + "/chat/completions");
        _completions = new Uri(baseUrl + "/completions");
        _embeddings = new Uri(baseUrl + "/embeddings");
        var asBearer = true;
        foreach (var (name, value) in connection.Settings)
        {
            if (name.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase))
            {
                _headers.Add(new(name[HeaderPrefix.Length..], value));
            }
            else if (name.Equals("credentialheader", StringComparison.OrdinalIgnoreCase))
            {
                (_credentialHeader, asBearer) = (value, false);
            }
            else if (name.Equals("includeusage", StringComparison.OrdinalIgnoreCase))
            {
                AsksForUsage = !value.Equals("false", StringComparison.OrdinalIgnoreCase);
            }
        }

        foreach (var (name, secret) in connection.Secrets)
        {
            _credentials[name] = secret.Length > 0 && asBearer ? $"Bearer {secret}" : secret;
        }
    }

    /// <summary>A stream is asked for its usage; off for a server that does not know <c>stream_options</c>.</summary>
    public bool AsksForUsage { get; } = true;

    public static PreparedConnection Of(ProviderConnection connection) =>
        Known.GetValue(connection, static key => new PreparedConnection(key));

    public bool Knows(string key) => _credentials.ContainsKey(key);

    /// <summary>A new request; the same call may need two.</summary>
    public HttpRequestMessage CreateRequest(ProviderCall call, SplicedBody body)
    {
        var uri = UriOf(call.Operation);
        var isSecure = uri.Scheme == Uri.UriSchemeHttps;
        var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Version = isSecure ? System.Net.HttpVersion.Version20 : System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new SplicedContent(body),
        };
        if (_credentials.TryGetValue(call.Key, out var credential) && credential.Length > 0)
        {
            request.Headers.TryAddWithoutValidation(_credentialHeader, credential);
        }

        request.Headers.TryAddWithoutValidation(JobIdHeader.Name, call.JobId);
        foreach (var (name, value) in _headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private Uri UriOf(Operation operation) =>
        operation switch
        {
            Operation.ChatCompletions => _chat,
            Operation.Completions => _completions,
            Operation.Embeddings => _embeddings,
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "This dialect has no such route."),
        };
}
