namespace InferenceBroker.Messaging.Inquiries;

/// <summary>
/// Asks leading schedulers what only their memory holds. An answer is a courtesy: it may stay out, and nothing that has to happen may depend on
/// it. Thread safe.
/// </summary>
public interface ILeaderInquiry
{
    /// <summary>The partition that a model's jobs belong to.</summary>
    int PartitionOf(string model);

    /// <summary>How many partitions there are.</summary>
    int Partitions { get; }

    /// <summary>Asks the leader of a partition.</summary>
    /// <param name="kind">One of <see cref="InquiryKinds"/>.</param>
    /// <param name="limit">How long the answer may take. Null: <see cref="MessagingOptions.InquiryTimeout"/>.</param>
    /// <returns>The answer as JSON; null: nobody answered in time, or too many questions are open.</returns>
    Task<string?> AskAsync(int partition, string kind, string payload, TimeSpan? limit, CancellationToken cancellationToken);
}
