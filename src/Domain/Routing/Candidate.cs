using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Domain.Routing;

/// <summary>An endpoint that may serve a route: one target with one key of its provider. What policies remember between picks is kept here. Not thread safe.</summary>
public sealed class Candidate(TargetState target, EndpointCredit endpoint, int keyWeight, IEndpointMeasures measures) : IWeighted
{
    public TargetState Target { get; } = target;

    public EndpointCredit Endpoint { get; } = endpoint;

    public IEndpointMeasures Measures { get; } = measures;

    /// <summary>Attempts dispatched to the endpoint and not ended.</summary>
    public int InFlight => Endpoint.InFlight;

    /// <summary>Attempts that may be in flight: the provider's limit or the key's, whichever is lower.</summary>
    public int ConcurrencyLimit => Math.Min(Endpoint.Provider.Window.Limit, Endpoint.Key.Window.Limit);

    /// <summary>0 idle to 1 full, by the fuller of the provider and the key: an idle key of a busy provider is not idle.</summary>
    public double Utilisation => Math.Max(UsedOf(Endpoint.Provider.Window), UsedOf(Endpoint.Key.Window));

    /// <summary>The share among its target's keys, as much of it as health allows now.</summary>
    public double Weight => keyWeight * Measures.Share;

    public double Balance { get; set; }

    /// <summary>The terms by which the last scoring rated it.</summary>
    public ScoreTerms Terms { get; internal set; }

    /// <summary>Belongs to <see cref="Policies.Participation"/>.</summary>
    internal bool TakesPart { get; set; }

    /// <summary>Grows with every pick of a scoring policy, so that among equals the one that was not picked for longest comes next.</summary>
    internal long Turn { get; set; }

    /// <summary>The same endpoint for another target, with what policies remember: they may pick from copies without anything changing.</summary>
    public Candidate CopyFor(TargetState target) =>
        new(target, Endpoint, keyWeight, Measures)
        {
            Balance = Balance,
            Terms = Terms,
            Turn = Turn,
        };

    private static double UsedOf(ConcurrencyWindow window) => window.Limit > 0 ? (double)window.InFlight / window.Limit : 1;
}
