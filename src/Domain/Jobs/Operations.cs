namespace InferenceBroker.Domain.Jobs;

/// <summary>The paths of operations, as a job's <c>url</c> field writes them.</summary>
public static class Operations
{
    private static readonly (Operation Operation, string Path)[] Table =
    [
        (Operation.ChatCompletions, "/v1/chat/completions"),
        (Operation.Completions, "/v1/completions"),
        (Operation.Embeddings, "/v1/embeddings"),
        (Operation.Responses, "/v1/responses"),
        (Operation.Messages, "/v1/messages"),
    ];

    /// <summary>The operations that this release can send to a provider.</summary>
    public static IReadOnlyList<Operation> Supported { get; } = [Operation.ChatCompletions, Operation.Completions, Operation.Embeddings];

    public static string Path(this Operation operation) => Table[(int)operation].Path;

    /// <summary>The operation of a path such as <c>/v1/embeddings</c>, or null where there is none.</summary>
    public static Operation? FromPath(string path)
    {
        foreach (var row in Table)
        {
            if (string.Equals(row.Path, path, StringComparison.Ordinal))
            {
                return row.Operation;
            }
        }

        return null;
    }
}
