namespace InferenceBroker.Api.Root;

/// <summary>What is running here, and where to go on.</summary>
internal sealed record RootAnswer(string Name, string Version, string Models, string Health, string Metrics, string Docs);
