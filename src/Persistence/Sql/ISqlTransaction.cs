namespace InferenceBroker.Persistence.Sql;

/// <summary>Statements within one transaction. Not thread safe.</summary>
internal interface ISqlTransaction
{
    ValueTask<List<T>> QueryAsync<T>(string sql, object?[] values, Func<ColumnReader, T> map, CancellationToken cancellationToken);

    /// <summary>Returns how many rows it wrote.</summary>
    ValueTask<int> ExecuteAsync(string sql, object?[] values, CancellationToken cancellationToken);
}
