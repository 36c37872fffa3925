namespace InferenceBroker.Standalone.Run.Input;

/// <summary>What is known of a line when a run starts.</summary>
internal enum LineStatus : byte
{
    /// <summary>Has to be submitted.</summary>
    Pending = 0,

    /// <summary>A job of an earlier start is still under way.</summary>
    Submitted = 1,

    /// <summary>Its answer is in the output.</summary>
    Answered = 2,
}
