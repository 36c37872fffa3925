using InferenceBroker.Domain.Health;

namespace InferenceBroker.Domain.Tests.Health;

public sealed class ParkingPlaceTests
{
    private static readonly DateTimeOffset Now = Calls.Start;

    private readonly ParkingPlace _place = new(TimeSpan.FromMinutes(2));

    [Fact]
    public void After_its_time_exactly_one_call_tries()
    {
        _place.Park(ParkingReason.Quota, Now, TimeSpan.FromMinutes(10));
        _place.IsParked(Now.AddMinutes(9)).ShouldBeTrue();
        var later = Now.AddMinutes(10);
        _place.IsParked(later).ShouldBeFalse();

        _place.NoteCall(later);

        _place.IsParked(later).ShouldBeTrue();
        _place.IsParked(later.AddMinutes(2)).ShouldBeFalse();
    }

    [Fact]
    public void Parked_anew_it_has_been_so_since_the_first_time()
    {
        _place.Park(ParkingReason.Quota, Now, TimeSpan.FromMinutes(10));

        _place.Park(ParkingReason.Quota, Now.AddMinutes(11), TimeSpan.FromMinutes(10));

        _place.Current.ShouldBe(new Parking(ParkingReason.Quota, Now, Now.AddMinutes(21)));
    }

    [Fact]
    public void Without_a_time_it_stays_until_it_is_unparked()
    {
        _place.Park(ParkingReason.Credential, Now, time: null);
        _place.IsParked(Now.AddYears(1)).ShouldBeTrue();

        _place.Unpark();

        _place.IsParked(Now).ShouldBeFalse();
    }
}
