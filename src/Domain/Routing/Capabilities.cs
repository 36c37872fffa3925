namespace InferenceBroker.Domain.Routing;

/// <summary>What a request may need of a model beyond text. Stored as numbers: never renumber.</summary>
[Flags]
public enum Capabilities : byte
{
    None = 0,

    /// <summary>Calls of functions that the request offers.</summary>
    Tools = 1,

    /// <summary>Images in the prompt.</summary>
    Vision = 2,

    /// <summary>An answer that follows a JSON schema.</summary>
    JsonSchema = 4,

    All = Tools | Vision | JsonSchema,
}
