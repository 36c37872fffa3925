namespace InferenceBroker.Domain.Routing;

/// <summary>Hands out the catalog in force. Thread safe; read it once per unit of work, so that the unit sees one catalog.</summary>
public interface ICatalogSource
{
    Catalog Current { get; }
}
