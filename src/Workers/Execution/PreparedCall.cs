using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Workers.Execution;

/// <summary>A call with the client that can make it.</summary>
internal readonly record struct PreparedCall(IProviderClient Client, ProviderCall Call);
