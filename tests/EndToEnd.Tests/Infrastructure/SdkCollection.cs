namespace InferenceBroker.EndToEnd.Tests.Infrastructure;

[CollectionDefinition(Name)]
public sealed class SdkCollection : ICollectionFixture<SdkCluster>
{
    public const string Name = "sdk";
}
