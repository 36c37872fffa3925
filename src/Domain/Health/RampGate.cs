namespace InferenceBroker.Domain.Health;

/// <summary>
/// Lets a share of the calls through, exactly: (1) every call that is asked for adds the share to an account, and a full 1 lets one through;
/// (2) never more than the share of the concurrency, at least one, is under way; (3) after some time without any call one passes in any
/// case. (1) holds the share also where no other endpoint is there to take the rest, (2) also where the same waiting job asks again and again.
/// </summary>
internal sealed class RampGate(TimeSpan patience)
{
    private double _account;
    private DateTimeOffset _passedAt = DateTimeOffset.MinValue;

    public void Start(DateTimeOffset now)
    {
        _account = 0;
        _passedAt = now;
    }

    public bool TryAdmit(double share, int inFlight, int limit, bool isScaled, DateTimeOffset now)
    {
        if (share >= 1)
        {
            return true;
        }

        // Asking counts even where the concurrency is used up, but what was missed is not made up for in a burst.
        _account = Math.Min(_account + share, 1 + share);
        var hasRoom = inFlight < Math.Max(1, (int)(limit * share));
        var isDue = isScaled || _account >= 1 || now - _passedAt >= patience;
        if (!hasRoom || !isDue)
        {
            return false;
        }

        _account = Math.Max(0, _account - 1);
        _passedAt = now;
        return true;
    }
}
