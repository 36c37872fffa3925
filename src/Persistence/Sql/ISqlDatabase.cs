namespace InferenceBroker.Persistence.Sql;

/// <summary>
/// Runs SQL that both databases understand, with parameters <c>$1</c>, <c>$2</c>, … Values are numbers, texts, byte arrays, <see cref="Guid"/>,
/// <see cref="DateTimeOffset"/> and arrays of <see cref="Guid"/>. Thread safe.
/// </summary>
internal interface ISqlDatabase
{
    /// <summary>Appended to a SELECT whose rows may not change before the transaction ends.</summary>
    string ForShare { get; }

    /// <summary>Appended to a SELECT that takes rows which nobody else is changing.</summary>
    string ForUpdateSkipLocked { get; }

    /// <summary>A condition: the text column contains the text in the given parameter.</summary>
    string Contains(string column, int parameter);

    /// <summary>A condition: the column is one of the ids in the given parameter.</summary>
    string IsAnyOf(string column, int parameter);

    /// <summary>The whole seconds since 1970 of a time column, as a 64-bit number.</summary>
    string Second(string column);

    /// <summary>Runs a query in a snapshot of its own.</summary>
    Task<List<T>> ReadAsync<T>(string sql, object?[] values, Func<ColumnReader, T> map, CancellationToken cancellationToken);

    /// <summary>Runs one writing statement in a transaction of its own and returns what its RETURNING gives.</summary>
    Task<List<T>> WriteAsync<T>(string sql, object?[] values, Func<ColumnReader, T> map, CancellationToken cancellationToken);

    /// <summary>Runs a piece of work in one writing transaction: committed when it returns, rolled back when it throws.</summary>
    Task<T> TransactAsync<T>(Func<ISqlTransaction, Task<T>> work, CancellationToken cancellationToken);
}
