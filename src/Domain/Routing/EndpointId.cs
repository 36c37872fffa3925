namespace InferenceBroker.Domain.Routing;

/// <summary>Names an endpoint: provider, key and upstream model, written <c>provider/key/model</c>. Provider and key names hold no slash.</summary>
public readonly record struct EndpointId(string Provider, string Key, string Model)
{
    public static EndpointId Parse(string text)
    {
        var parts = text.Split('/', 3);
        return parts.Length == 3
            ? new EndpointId(parts[0], parts[1], parts[2])
            : throw new FormatException($"'{text}' is no endpoint: expected provider/key/model.");
    }

    public override string ToString() => $"{Provider}/{Key}/{Model}";
}
