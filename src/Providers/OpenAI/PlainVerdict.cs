using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.Failures;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Is a plain body with status 200 an answer?</summary>
internal static class PlainVerdict
{
    public static ProviderFailure NoJson(string provider) =>
        ProviderFailures.Transient(provider, "sent a malformed body: it is no JSON object");

    public static ProviderFailure? Of(string provider, byte[] body, in AnswerFacts facts)
    {
        if (facts.HasError && !facts.HasAnyItem)
        {
            return ProviderFailures.FromErrorInAnswer(provider, body);
        }

        if (!facts.HasAnyItem)
        {
            return ProviderFailures.Transient(provider, "sent a malformed body: it holds no answer");
        }

        return facts.FailedReason is { } reason ? ProviderFailures.Transient(provider, $"gave up with the finish reason '{reason}'") : null;
    }
}
