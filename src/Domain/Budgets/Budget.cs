namespace InferenceBroker.Domain.Budgets;

/// <summary>All limits of one key, tenant or API key. Not thread safe.</summary>
public sealed class Budget(BudgetScope scope, string name)
{
    public BudgetScope Scope { get; } = scope;

    public string Name { get; } = name;

    /// <summary>Counts also without a limit, so that one can be set later.</summary>
    public ConcurrencyWindow Window { get; } = new(int.MaxValue);

    /// <summary>Null: no limit, as for the following ones.</summary>
    public IMinuteLimit? Requests { get; set; }

    /// <summary>Input and output together.</summary>
    public IMinuteLimit? Tokens { get; set; }

    public IMinuteLimit? InputTokens { get; set; }

    public IMinuteLimit? OutputTokens { get; set; }

    /// <summary>Counts from the first limit on; null before.</summary>
    public MoneyBudget? Money { get; private set; }

    /// <summary>Puts limits in force; what was taken stays taken.</summary>
    public void Apply(BudgetLimits limits, BudgetSettings settings, DateTimeOffset now)
    {
        Window.Limit = limits.Concurrency ?? int.MaxValue;
        Requests = settings.Resized(Requests, limits.RequestsPerMinute, now);
        Tokens = settings.Resized(Tokens, limits.TokensPerMinute, now);
        InputTokens = settings.Resized(InputTokens, limits.InputTokensPerMinute, now);
        OutputTokens = settings.Resized(OutputTokens, limits.OutputTokensPerMinute, now);
        if (limits.NanoUsdPerDay is not null || limits.NanoUsdPerMonth is not null)
        {
            Money ??= new MoneyBudget(now);
        }

        if (Money is not null)
        {
            Money.PerDay = limits.NanoUsdPerDay;
            Money.PerMonth = limits.NanoUsdPerMonth;
        }
    }

    /// <summary>True where all limits have room together.</summary>
    public bool Has(in Spend spend, DateTimeOffset now) =>
        Window.HasRoom
        && (Requests is null || Requests.Has(1, now))
        && (Tokens is null || Tokens.Has(spend.Tokens, now))
        && (InputTokens is null || InputTokens.Has(spend.InputTokens, now))
        && (OutputTokens is null || OutputTokens.Has(spend.OutputTokens, now))
        && (Money is null || Money.Has(spend.NanoUsd, now));

    /// <summary>The first limit without room; null: there is room. Slower than <see cref="Has"/>: for the answer to a question.</summary>
    public BudgetRefusal? Refusal(in Spend spend, DateTimeOffset now)
    {
        if (!Window.HasRoom)
        {
            return new BudgetRefusal(Scope, Name, BudgetLimit.Concurrency, Until: null);
        }

        var refusal =
            Refusal(Requests, 1, BudgetLimit.RequestsPerMinute, now)
            ?? Refusal(Tokens, spend.Tokens, BudgetLimit.TokensPerMinute, now)
            ?? Refusal(InputTokens, spend.InputTokens, BudgetLimit.InputTokensPerMinute, now)
            ?? Refusal(OutputTokens, spend.OutputTokens, BudgetLimit.OutputTokensPerMinute, now);
        if (refusal is null && Money?.Refusal(spend.NanoUsd, now) is { } money)
        {
            refusal = new BudgetRefusal(Scope, Name, money.Limit, money.Until);
        }

        return refusal;
    }

    /// <summary>Takes from all limits, whether or not there is room.</summary>
    public void Reserve(in Spend spend, DateTimeOffset? takenAt)
    {
        Window.Enter();
        Requests?.Take(1, takenAt);
        Tokens?.Take(spend.Tokens, takenAt);
        InputTokens?.Take(spend.InputTokens, takenAt);
        OutputTokens?.Take(spend.OutputTokens, takenAt);
        Money?.Reserve(spend.NanoUsd);
    }

    /// <summary>The call has begun at the provider.</summary>
    public void Start(in Spend reserved, DateTimeOffset? takenAt, DateTimeOffset startedAt)
    {
        Requests?.Start(1, takenAt, startedAt);
        Tokens?.Start(reserved.Tokens, takenAt, startedAt);
        InputTokens?.Start(reserved.InputTokens, takenAt, startedAt);
        OutputTokens?.Start(reserved.OutputTokens, takenAt, startedAt);
    }

    /// <summary>The call has ended.</summary>
    public void Settle(
        in Spend reserved,
        DateTimeOffset? takenAt,
        in Spend used,
        DateTimeOffset? startedAt,
        bool wasStarted,
        DateTimeOffset now
    )
    {
        Window.Leave();
        Requests?.Settle(1, takenAt, 1, startedAt, wasStarted, now);
        Tokens?.Settle(reserved.Tokens, takenAt, used.Tokens, startedAt, wasStarted, now);
        InputTokens?.Settle(reserved.InputTokens, takenAt, used.InputTokens, startedAt, wasStarted, now);
        OutputTokens?.Settle(reserved.OutputTokens, takenAt, used.OutputTokens, startedAt, wasStarted, now);
        Money?.Settle(reserved.NanoUsd, used.NanoUsd, now);
    }

    /// <summary>The call never came to be: everything comes back.</summary>
    public void Return(in Spend reserved, DateTimeOffset? takenAt)
    {
        Window.Leave();
        Requests?.Return(1, takenAt);
        Tokens?.Return(reserved.Tokens, takenAt);
        InputTokens?.Return(reserved.InputTokens, takenAt);
        OutputTokens?.Return(reserved.OutputTokens, takenAt);
        Money?.Return(reserved.NanoUsd);
    }

    /// <summary>Counts a call of the last minute that has ended; for a new leader.</summary>
    public void Replay(in Spend used, DateTimeOffset startedAt, DateTimeOffset now)
    {
        Requests?.Replay(1, startedAt, now);
        Tokens?.Replay(used.Tokens, startedAt, now);
        InputTokens?.Replay(used.InputTokens, startedAt, now);
        OutputTokens?.Replay(used.OutputTokens, startedAt, now);
    }

    private BudgetRefusal? Refusal(IMinuteLimit? limit, double amount, BudgetLimit kind, DateTimeOffset now) =>
        limit is null || limit.Has(amount, now) ? null : new BudgetRefusal(Scope, Name, kind, limit.RoomAt(amount, now));
}
