namespace InferenceBroker.Standalone.Run.Input;

/// <summary>A line as the index keeps it.</summary>
/// <param name="Round">How many jobs of this line have failed: each run tries a failed line again.</param>
internal readonly record struct IndexedLine(ulong Content, int Number, ushort Round, LineStatus Status);
