using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// What an endpoint may still take: reserved by estimate before a dispatch, all limits together or none, and settled by usage afterwards.
/// Not thread safe.
/// </summary>
public sealed class EndpointCredit(EndpointId id, ProviderCredit provider, KeyCredit key)
{
    public EndpointId Id { get; } = id;

    /// <summary><c>provider/key/model</c>.</summary>
    public string Name { get; } = id.ToString();

    public ProviderCredit Provider { get; } = provider;

    public KeyCredit Key { get; } = key;

    /// <summary>Attempts dispatched to this endpoint and not ended.</summary>
    public int InFlight { get; private set; }

    /// <summary>The gate: the provider asked to be left alone until then.</summary>
    public DateTimeOffset ClosedUntil { get; private set; } = DateTimeOffset.MinValue;

    public bool Has(int tokens, DateTimeOffset now) => ClosedUntil <= now && Provider.IsOpen(now) && Key.Has(tokens, now);

    /// <summary>Takes credit, whether or not there is any: after a take-over what is in flight counts, even past the limit.</summary>
    public void Reserve(int tokens)
    {
        InFlight++;
        Provider.Window.Enter();
        Key.Window.Enter();
        Key.Requests?.Take(1);
        Key.Tokens?.Take(tokens);
    }

    /// <summary>The attempt ended. Unknown usage (null) keeps the reservation.</summary>
    public void Settle(int reserved, int? used)
    {
        Leave();
        if (used is { } known)
        {
            Key.Tokens?.Return(reserved - known);
        }
    }

    /// <summary>The attempt was never started: everything comes back.</summary>
    public void Cancel(int reserved)
    {
        Leave();
        Key.Requests?.Return(1);
        Key.Tokens?.Return(reserved);
    }

    /// <summary>Closes the gate; a longer closure stands.</summary>
    public void Close(DateTimeOffset until)
    {
        if (until > ClosedUntil)
        {
            ClosedUntil = until;
        }
    }

    private void Leave()
    {
        InFlight--;
        Provider.Window.Leave();
        Key.Window.Leave();
    }
}
