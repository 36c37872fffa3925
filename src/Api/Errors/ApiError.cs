using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Errors;

/// <summary>The closed list of errors that the Api answers with; it alone decides status, code and type.</summary>
internal sealed record ApiError
{
    private const string InvalidRequest = "invalid_request_error";
    private const string Permission = "permission_error";
    private const string Server = "server_error";

    private ApiError(int status, string code, string type, string message, string? param = null)
    {
        Status = status;
        Code = code;
        Type = type;
        Message = message;
        Param = param;
    }

    public int Status { get; }

    public string Code { get; }

    public string Type { get; }

    public string Message { get; }

    public string? Param { get; }

    /// <summary>The <c>retry-after</c> header in seconds.</summary>
    public int? RetryAfter { get; private init; }

    /// <summary>Keeps SDKs that retry this status by themselves from doing so.</summary>
    public bool NeverRetry { get; private init; }

    public static ApiError InvalidJson(string detail) =>
        new(400, "invalid_json", InvalidRequest, $"The request body is not valid JSON: {detail}");

    public static ApiError Missing(string param) =>
        new(400, "missing_required_parameter", InvalidRequest, $"Missing required parameter: '{param}'.", param);

    public static ApiError Invalid(string param, string message) =>
        new(400, "invalid_value", InvalidRequest, $"Invalid '{param}': {message}", param);

    public static ApiError Unknown(string param) => new(400, "unknown_parameter", InvalidRequest, $"Unknown parameter: '{param}'.", param);

    public static ApiError BadRequest { get; } = new(400, "bad_request", InvalidRequest, "The request could not be read.");

    public static ApiError MissingKey { get; } =
        new(401, "invalid_api_key", InvalidRequest, "No API key was given. Send it as 'Authorization: Bearer sk-brk-…'.");

    public static ApiError InvalidKey { get; } =
        new(401, "invalid_api_key", InvalidRequest, "The API key or token is wrong, has expired or was deleted.");

    public static ApiError AdminKeyRequired { get; } = new(403, "admin_key_required", Permission, "This call needs the admin key.");

    public static ApiError TenantKeyRequired { get; } =
        new(403, "tenant_key_required", Permission, "The admin key belongs to no tenant. Make a tenant key with POST /admin/keys.");

    public static ApiError TokenOutOfScope { get; } =
        new(403, "token_out_of_scope", Permission, "This token reads one job only: the one that it was made for.");

    public static ApiError ModelNotFound(string model, Catalog catalog, string param) =>
        new(
            404,
            "model_not_found",
            InvalidRequest,
            $"The model '{model}' does not exist. Known models: {string.Join(", ", catalog.Routes.Select(r => r.Name))}.",
            param
        );

    public static ApiError JobNotFound(string id) => new(404, "job_not_found", InvalidRequest, $"There is no job '{Short(id)}'.", "id");

    public static ApiError KeyNotFound(string id) => new(404, "key_not_found", InvalidRequest, $"There is no key '{Short(id)}'.", "id");

    public static ApiError TenantNotFound(string name) =>
        new(404, "tenant_not_found", InvalidRequest, $"There is no tenant '{Short(name)}'.", "tenant");

    /// <param name="kind">Also the name of the parameter: <c>provider</c>, <c>key</c> or <c>model</c>.</param>
    public static ApiError NotConfigured(string kind, string name, IEnumerable<string> known) =>
        new(
            404,
            $"{kind}_not_found",
            InvalidRequest,
            $"No {kind} '{Short(name)}' is configured here. Known: {string.Join(", ", known)}.",
            kind
        );

    public static ApiError UnknownUrl(string method, string path) =>
        new(404, "unknown_url", InvalidRequest, $"Unknown request URL: {method} {Short(path)}.");

    public static ApiError MethodNotAllowed(string method, string path) =>
        new(405, "method_not_allowed", InvalidRequest, $"{method} is not allowed for {Short(path)}.");

    public static ApiError IdempotencyKeyReused { get; } =
        new(
            409,
            "idempotency_key_reused",
            InvalidRequest,
            "This Idempotency-Key was used for another request within the last 24 hours.",
            "Idempotency-Key"
        )
        {
            NeverRetry = true,
        };

    public static ApiError JobNotFinished(string id) =>
        new(409, "job_not_finished", InvalidRequest, $"The job '{id}' has not ended. Cancel it first.", "id") { NeverRetry = true };

    public static ApiError TenantExists(string name) =>
        new(409, "tenant_exists", InvalidRequest, $"There is a tenant '{Short(name)}' already.", "name") { NeverRetry = true };

    public static ApiError BodyTooLarge(int limit) =>
        new(413, "request_too_large", InvalidRequest, $"The request body is larger than {limit} bytes.");

    public static ApiError Internal { get; } =
        new(500, "internal_error", Server, "The broker failed to handle this request. The x-request-id header names it in the log.");

    public static ApiError DatabaseUnavailable { get; } =
        new(503, "database_unavailable", Server, "The broker's database cannot be reached at the moment. Nothing was accepted.")
        {
            RetryAfter = 2,
        };

    public static ApiError NoLeader { get; } =
        new(503, "no_leader", Server, "No scheduler leads at the moment, or it did not answer in time. Jobs are safe; ask again shortly.")
        {
            RetryAfter = 2,
        };

    /// <summary>A job that ended without an answer. The broker has retried already, so the client's SDK should not.</summary>
    public static ApiError JobEnded(int status, string code, string type, string message, string? param) =>
        new(status, code, type, message, param) { NeverRetry = true };

    /// <summary>For showing what a client sent.</summary>
    public static string Short(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
