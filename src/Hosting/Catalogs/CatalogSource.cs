using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Hosting.Catalogs;

/// <summary>The catalog that was read at start.</summary>
internal sealed class CatalogSource(Catalog catalog) : ICatalogSource
{
    public Catalog Current { get; } = catalog;
}
