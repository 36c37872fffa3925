using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Standalone.Tests.Fakes;

internal sealed class FixedCatalog(Catalog catalog) : ICatalogSource
{
    public Catalog Current => catalog;
}
