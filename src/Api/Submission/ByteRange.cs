namespace InferenceBroker.Api.Submission;

/// <summary>From <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct ByteRange(int Start, int End);
