using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Hosting.Catalogs;

/// <summary>The catalog of the configuration in force.</summary>
internal sealed class CatalogSource(ConfigurationInForce configuration) : ICatalogSource
{
    public Catalog Current => configuration.Current.Catalog;
}
