using InferenceBroker.Domain.Fairness;

namespace InferenceBroker.Domain.Tests.Fairness;

public sealed class FairShareTests
{
    [Fact]
    public void Weight_slows_a_tenants_time()
    {
        var share = new FairShare { Weight = 4 };

        share.Charge(1000);

        share.VirtualTime.ShouldBe(250);
    }

    [Fact]
    public void Settling_corrects_the_charge()
    {
        var share = new FairShare();
        share.Charge(1000);

        share.Settle(charged: 1000, used: 300);

        share.VirtualTime.ShouldBe(300);
    }

    [Fact]
    public void A_job_without_an_estimate_costs_something()
    {
        var share = new FairShare();

        share.Charge(0);

        share.VirtualTime.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Idleness_saves_nothing_up()
    {
        var share = new FairShare();
        share.Charge(10);

        share.Join(500);

        share.VirtualTime.ShouldBe(500);
    }

    [Fact]
    public void Joining_gives_nothing_back()
    {
        var share = new FairShare();
        share.Charge(700);

        share.Join(500);

        share.VirtualTime.ShouldBe(700);
    }
}
