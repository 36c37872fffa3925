namespace InferenceBroker.Standalone.Run.Input;

/// <summary>A line as it stands in the file.</summary>
/// <param name="Number">From 1, blank lines included.</param>
/// <param name="TooLong">Longer than the limit: its bytes were not kept.</param>
internal readonly record struct RawLine(int Number, ReadOnlyMemory<byte> Bytes, bool TooLong);
