using InferenceBroker.Contracts.Inquiries;

namespace InferenceBroker.Api.Explain;

/// <summary>Reads what the leader of a partition knows of every endpoint. Thread safe.</summary>
internal interface IEndpointStates
{
    /// <summary>Null: no leader answered.</summary>
    Task<IReadOnlyList<EndpointState>?> ReadAsync(int partition, CancellationToken cancellationToken);
}
