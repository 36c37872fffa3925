namespace InferenceBroker.Providers.Simulated;

/// <summary>What simulated error answers say.</summary>
internal static class SimulatedErrors
{
    public const string LimitReached = "rate_limit_exceeded";

    /// <summary>Type, code and message, as OpenAI has them for such an error.</summary>
    public static (string Type, string? Code, string Message) Describe(SimulatedFault fault) =>
        fault.Code switch
        {
            "insufficient_quota" => (
                "insufficient_quota",
                fault.Code,
                "You exceeded your current quota, please check your plan and billing details."
            ),
            "context_length_exceeded" => (
                "invalid_request_error",
                fault.Code,
                "This model's maximum context length is 8192 tokens. Please reduce the length of the messages."
            ),
            "content_filter" => ("invalid_request_error", fault.Code, "The request was refused by the content management policy."),
            _ => OfStatus(fault.Status),
        };

    private static (string Type, string? Code, string Message) OfStatus(int status) =>
        status switch
        {
            401 => ("invalid_request_error", "invalid_api_key", "Incorrect API key provided."),
            402 => ("insufficient_quota", "insufficient_quota", "The account has no credit left."),
            403 => ("permission_error", null, "This key may not do that."),
            404 => ("invalid_request_error", "model_not_found", "The model does not exist."),
            429 => ("requests", LimitReached, "Rate limit reached for requests."),
            529 => ("overloaded_error", null, "Overloaded."),
            >= 500 => ("server_error", null, "The server had an error while processing your request."),
            _ => ("invalid_request_error", null, $"The simulated provider refuses this request with {status}."),
        };
}
