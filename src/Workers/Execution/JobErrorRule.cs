using InferenceBroker.Domain.Failures;

namespace InferenceBroker.Workers.Execution;

/// <summary>How a failure class looks to the job's owner.</summary>
/// <param name="Type">The error type, in OpenAI's words where there is one.</param>
/// <param name="Code">The error code where the provider gave none that means the same.</param>
/// <param name="StatusCode">The HTTP status of a waiting call.</param>
/// <param name="PassesStatus">The provider's own status stands, where it blames the caller.</param>
internal sealed record JobErrorRule(FailureClass Class, string Type, string Code, int StatusCode, bool PassesStatus = false);
