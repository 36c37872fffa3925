namespace InferenceBroker.Domain.Health;

/// <summary>
/// Holds what is parked of a key, or of a model of a key. Once its time is over one call tries; its success unparks, its failure parks
/// anew. Not thread safe.
/// </summary>
public sealed class ParkingPlace(TimeSpan tryLimit)
{
    public Parking? Current { get; private set; }

    /// <summary>Grows with every change, so that it can be stored.</summary>
    public int Version { get; private set; }

    /// <summary>False also where one call may try.</summary>
    public bool IsParked(DateTimeOffset now) => Current is { } parking && !(parking.Until <= now);

    public void Park(ParkingReason reason, DateTimeOffset now, TimeSpan? time)
    {
        var since = Current is { } parking && parking.Reason == reason ? parking.Since : now;
        Set(new Parking(reason, since, now + time));
    }

    public void Unpark()
    {
        if (Current is not null)
        {
            Set(null);
        }
    }

    /// <summary>To be told of each call: the try after the time is the only one until its end is known.</summary>
    public void NoteCall(DateTimeOffset now)
    {
        if (Current is { } parking && parking.Until <= now)
        {
            Set(parking with { Until = now + tryLimit });
        }
    }

    public void Restore(Parking? stored) => Current = stored;

    private void Set(Parking? parking)
    {
        Current = parking;
        Version++;
    }
}
