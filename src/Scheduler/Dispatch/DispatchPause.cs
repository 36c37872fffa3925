namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>Holds dispatch back while the database does not answer: 0.1 s, doubling up to 2 s.</summary>
internal sealed class DispatchPause
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private DateTimeOffset _until = DateTimeOffset.MinValue;
    private TimeSpan _next = First;

    public bool IsOn(DateTimeOffset now) => now < _until;

    public void NoteFailure(DateTimeOffset now)
    {
        _until = now + _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
    }

    public void NoteSuccess() => _next = First;
}
