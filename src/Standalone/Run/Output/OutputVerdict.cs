namespace InferenceBroker.Standalone.Run.Output;

internal enum OutputVerdict
{
    /// <summary>Nothing of this run.</summary>
    Keep,

    /// <summary>The answer to a line of the input.</summary>
    Answer,

    /// <summary>Repeated or out of date.</summary>
    Drop,

    /// <summary>No JSON object: torn, or another file.</summary>
    Unreadable,
}
