namespace InferenceBroker.Standalone.Run.Input;

/// <summary>Why a line cannot be sent. Holds nothing of the line but its <c>custom_id</c>.</summary>
/// <param name="Code">One of <see cref="LineFaultCodes"/>.</param>
internal sealed record LineFault(int Line, string? CustomId, string Code, string Message);
