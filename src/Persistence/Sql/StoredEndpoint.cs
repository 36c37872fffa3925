namespace InferenceBroker.Persistence.Sql;

internal static class StoredEndpoint
{
    /// <summary>The model of <c>provider/key/model</c>; the whole text where it is no such name, since a stored row must stay readable.</summary>
    public static string ModelOf(string endpoint)
    {
        var provider = endpoint.IndexOf('/');
        var key = provider < 0 ? -1 : endpoint.IndexOf('/', provider + 1);
        return key < 0 ? endpoint : endpoint[(key + 1)..];
    }
}
