namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// Lets a large job get its turn at a busy key, where small ones would take every bit of room as it comes: once it has been refused for a
/// while, smaller ones must leave its room free. Not thread safe.
/// </summary>
public sealed class Saving
{
    // Smaller ones may go first for so long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A job that has not been refused for so long has gone elsewhere.
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(1);

    private Spend _for;
    private DateTimeOffset _since = DateTimeOffset.MinValue;
    private DateTimeOffset _refusedAt = DateTimeOffset.MinValue;

    /// <summary>A job whose turn it was had to wait for a limit per minute. The largest one is saved for.</summary>
    public void NoteRefused(in Spend spend, DateTimeOffset now)
    {
        if (now - _refusedAt > Forgotten)
        {
            _for = default;
        }

        if (spend.Tokens > _for.Tokens)
        {
            _since = _for.Tokens > 0 ? _since : now;
            _for = spend;
        }

        if (spend.Tokens >= _for.Tokens)
        {
            _refusedAt = now;
        }
    }

    /// <summary>A call of this size got its room.</summary>
    public void NoteTaken(in Spend spend)
    {
        if (spend.Tokens >= _for.Tokens)
        {
            _for = default;
        }
    }

    /// <summary>A job of this size must leave room for the larger one.</summary>
    public bool HoldsBack(in Spend spend, DateTimeOffset now) =>
        spend.Tokens < _for.Tokens && now - _since >= Patience && now - _refusedAt <= Forgotten;

    /// <summary>Both together.</summary>
    public Spend With(in Spend spend) =>
        new(Sum(spend.InputTokens, _for.InputTokens), Sum(spend.OutputTokens, _for.OutputTokens), spend.NanoUsd);

    private static int Sum(int one, int other) => (int)Math.Min((long)one + other, int.MaxValue);
}
