using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Health;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>What a job holds from its choice to the end of its attempt.</summary>
internal sealed class Flight(in Reservation reservation, EndpointHealth health)
{
    public Reservation Reservation { get; set; } = reservation;

    public EndpointHealth Health { get; } = health;

    public EndpointCredit Endpoint => Reservation.Endpoint;

    /// <summary>The tokens by which its tenant's and its group's turns were moved.</summary>
    public int Charged { get; set; }

    /// <summary>When its message is sent again unless a worker has taken it, in ticks.</summary>
    public long ResendAt { get; set; }

    /// <summary>How many reads in a row did not have it.</summary>
    public byte Missed { get; set; }

    public byte Resends { get; set; }

    /// <summary>It was asked to come back because of an operator; a running one does not.</summary>
    public bool IsRecalled { get; set; }
}
