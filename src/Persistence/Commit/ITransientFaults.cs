namespace InferenceBroker.Persistence.Commit;

/// <summary>The one predicate that says which errors of the database go away by themselves.</summary>
internal interface ITransientFaults
{
    bool IsTransient(Exception exception);
}
