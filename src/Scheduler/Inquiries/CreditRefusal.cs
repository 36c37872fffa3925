using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>Which limit an endpoint refuses a job by.</summary>
/// <param name="What">For example <c>tokens/min at azure-eu</c>.</param>
/// <param name="Wait">About when it ends. Null: when another call ends, which nobody knows.</param>
internal readonly record struct CreditRefusal(string What, TimeSpan? Wait)
{
    /// <summary>Null: the endpoint has credit. Otherwise the limit that holds the job up for longest.</summary>
    /// <param name="burst">Capacity of limits per minute, in minutes.</param>
    public static CreditRefusal? Of(EndpointCredit endpoint, int tokens, double burst, DateTimeOffset now)
    {
        var provider = endpoint.Id.Provider;
        if (endpoint.Has(tokens, now))
        {
            return null;
        }

        if (!endpoint.Provider.Window.HasRoom || !endpoint.Key.Window.HasRoom)
        {
            return new CreditRefusal($"a free call at {provider}", Wait: null);
        }

        var longest = new CreditRefusal($"the queue of {provider}", endpoint.Provider.PausedUntil - now);
        longest = Longer(longest, $"{provider}, which asked to be left alone", endpoint.ClosedUntil - now);
        longest = Longer(longest, $"requests/min at {provider}", WaitOf(endpoint.Key.Requests, 1, burst, now));
        return Longer(longest, $"tokens/min at {provider}", WaitOf(endpoint.Key.Tokens, tokens, burst, now));
    }

    /// <summary>For example <c>waiting for tokens/min at azure-eu, about 14 s</c>.</summary>
    public string Text(int ahead)
    {
        if (ahead > 0)
        {
            return ahead == 1 ? $"waiting for {What}, after 1 other" : $"waiting for {What}, after {ahead} others";
        }

        return Wait is { } wait
            ? $"waiting for {What}, about {Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} s"
            : $"waiting for {What}";
    }

    /// <summary>The one that ends sooner; one of unknown length is taken for the longer one.</summary>
    public static CreditRefusal Sooner(CreditRefusal? one, CreditRefusal other) =>
        one is not { } known || (other.Wait is { } wait && (known.Wait is not { } longer || wait < longer)) ? other : known;

    private static CreditRefusal Longer(CreditRefusal one, string what, TimeSpan wait) =>
        wait > one.Wait ? new CreditRefusal(what, wait) : one;

    private static TimeSpan WaitOf(TokenBucket? bucket, double amount, double burst, DateTimeOffset now)
    {
        if (bucket is null)
        {
            return TimeSpan.MinValue;
        }

        var missing = Math.Min(amount, bucket.Capacity) - bucket.Level(now);
        return missing > 0 ? TimeSpan.FromMinutes(missing * burst / bucket.Capacity) : TimeSpan.Zero;
    }
}
