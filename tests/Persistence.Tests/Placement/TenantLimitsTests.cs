using InferenceBroker.Persistence.Placement;
using Shouldly;
using Xunit;

namespace InferenceBroker.Persistence.Tests.Placement;

public sealed class TenantLimitsTests
{
    private const string All =
        """{"requests_per_minute":1,"tokens_per_minute":2,"input_tokens_per_minute":3,"output_tokens_per_minute":4,"max_in_flight":5,"max_in_flight_per_batch":6,"usd_per_day":0.25,"usd_per_month":7.5}""";

    [Fact]
    public void Json_HasTheseNames()
    {
        var limits = new TenantLimits
        {
            RequestsPerMinute = 1,
            TokensPerMinute = 2,
            InputTokensPerMinute = 3,
            OutputTokensPerMinute = 4,
            MaxInFlight = 5,
            MaxInFlightPerBatch = 6,
            UsdPerDay = 0.25m,
            UsdPerMonth = 7.5m,
        };

        limits.ToJson().ShouldBe(All);
        TenantLimits.Parse(All).ShouldBe(limits);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("null")]
    public void NoLimits_AreStoredAsNull(string? json)
    {
        TenantLimits.Parse(json).ShouldBe(TenantLimits.None);
        TenantLimits.Parse(json).ToJson().ShouldBeNull();
    }

    [Fact]
    public void Json_LeavesOutWhatIsNotSet() =>
        new TenantLimits { MaxInFlight = 5 }
            .ToJson()
            .ShouldBe("""{"max_in_flight":5}""");
}
