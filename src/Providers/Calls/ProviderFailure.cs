using InferenceBroker.Domain.Failures;

namespace InferenceBroker.Providers.Calls;

/// <summary>Why a call failed.</summary>
/// <param name="Message">For the job's owner: cleaned of keys and prompts, at most 500 characters.</param>
/// <param name="RetryAfter">How long the provider asked to be left alone.</param>
/// <param name="Code">The provider's own error code where it has one (for example <c>context_length_exceeded</c>).</param>
/// <param name="Param">The field at fault, where the provider names one.</param>
public sealed record ProviderFailure(
    FailureClass Class,
    string Message,
    TimeSpan? RetryAfter = null,
    string? Code = null,
    string? Param = null
);
