using CsCheck;
using InferenceBroker.Domain.Budgets;
using Microsoft.Extensions.Time.Testing;

namespace InferenceBroker.Domain.Tests.Budgets;

public sealed class TokenBucketTests
{
    private readonly FakeTimeProvider _time = new();

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public void A_new_bucket_holds_one_minute() => new TokenBucket(perMinute: 600, burst: 1, Now).Level(Now).ShouldBe(600);

    [Fact]
    public void It_refills_continuously()
    {
        var bucket = new TokenBucket(perMinute: 600, burst: 1, Now);
        bucket.Take(600, null);

        _time.Advance(TimeSpan.FromMilliseconds(100));

        bucket.Has(1, Now).ShouldBeTrue();
        bucket.Has(1.1, Now).ShouldBeFalse();
    }

    [Fact]
    public void It_never_holds_more_than_its_capacity()
    {
        var bucket = new TokenBucket(perMinute: 600, burst: 2, Now);

        _time.Advance(TimeSpan.FromHours(1));

        bucket.Level(Now).ShouldBe(1200);
    }

    [Fact]
    public void An_amount_above_the_capacity_needs_a_full_bucket_and_is_waited_off()
    {
        var bucket = new TokenBucket(perMinute: 60, burst: 1, Now);
        bucket.Has(150, Now).ShouldBeTrue();

        bucket.Take(150, null);

        bucket.Has(1, Now).ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(91));
        bucket.Has(1, Now).ShouldBeTrue();
        bucket.Has(150, Now).ShouldBeFalse();
    }

    [Fact]
    public void A_new_limit_keeps_what_was_taken()
    {
        var bucket = new TokenBucket(perMinute: 100, burst: 1, Now);
        bucket.Take(80, null);

        bucket.Resize(perMinute: 50, burst: 1, Now);

        bucket.Level(Now).ShouldBe(-30);
    }

    [Fact]
    public void Over_any_span_no_more_is_granted_than_the_limit_and_one_burst()
    {
        var steps = Gen.Select(Gen.Int[0, 5_000], Gen.Int[1, 40]).Array[1, 200];
        steps.Sample(sequence =>
        {
            var time = new FakeTimeProvider();
            var start = time.GetUtcNow();
            var bucket = new TokenBucket(perMinute: 600, burst: 1, start);
            double granted = 0;
            foreach (var (milliseconds, amount) in sequence)
            {
                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                if (bucket.Has(amount, time.GetUtcNow()))
                {
                    bucket.Take(amount, null);
                    granted += amount;
                }
            }

            return granted <= 600 + (600 * (time.GetUtcNow() - start).TotalMinutes) + 0.001;
        });
    }
}
