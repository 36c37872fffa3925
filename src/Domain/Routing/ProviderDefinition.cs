namespace InferenceBroker.Domain.Routing;

/// <summary>A provider as the scheduler sees it.</summary>
/// <param name="Name">Unique; no slash. Also the name of its queue.</param>
/// <param name="Concurrency">Calls at the same time over all keys and models.</param>
/// <param name="Keys">At least one; a provider without credentials has one key named <c>default</c>.</param>
public sealed record ProviderDefinition(string Name, string Kind, int Concurrency, IReadOnlyList<ProviderKey> Keys);
