using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Carries requests to a provider: over pooled connections, or in the process. Thread safe; owns the invokers that it returns.</summary>
internal interface IProviderTransport
{
    HttpMessageInvoker For(ProviderCall call);
}
