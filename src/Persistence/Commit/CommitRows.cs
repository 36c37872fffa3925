namespace InferenceBroker.Persistence.Commit;

/// <summary>Commits rows, all or nothing, and returns their results in the same order.</summary>
/// <param name="repeated">The same rows were sent before, and what became of that is not known.</param>
internal delegate Task<IReadOnlyList<TResult>> CommitRows<TRow, TResult>(
    IReadOnlyList<TRow> rows,
    bool repeated,
    CancellationToken cancellationToken
);
