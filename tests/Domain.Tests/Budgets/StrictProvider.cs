namespace InferenceBroker.Domain.Tests.Budgets;

/// <summary>A provider that counts every call of the last 60 s exactly, when it arrives, with what it will use.</summary>
internal sealed class StrictProvider(int requestsPerMinute, double tokensPerMinute)
{
    private readonly Queue<(DateTimeOffset At, double Tokens)> _admitted = new();
    private double _tokens;

    public int Refused { get; private set; }

    public double Used { get; private set; }

    public double MostInAMinute { get; private set; }

    public void Call(double tokens, DateTimeOffset now)
    {
        while (_admitted.TryPeek(out var oldest) && now - oldest.At >= TimeSpan.FromMinutes(1))
        {
            _tokens -= _admitted.Dequeue().Tokens;
        }

        if (_admitted.Count + 1 > requestsPerMinute || _tokens + tokens > tokensPerMinute)
        {
            Refused++;
            return;
        }

        _admitted.Enqueue((now, tokens));
        _tokens += tokens;
        Used += tokens;
        MostInAMinute = Math.Max(MostInAMinute, _tokens);
    }
}
