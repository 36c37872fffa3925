namespace InferenceBroker.Persistence.Leadership;

/// <summary>A write named a term that is over: another leader acts. Nothing was written.</summary>
public sealed class TermOverException(LeaderTerm term)
    : Exception($"Term {term.Term} of lease '{term.Name}' is over: another scheduler leads.")
{
    public LeaderTerm Term { get; } = term;
}
