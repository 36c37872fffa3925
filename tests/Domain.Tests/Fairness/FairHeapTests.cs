using CsCheck;
using InferenceBroker.Domain.Fairness;

namespace InferenceBroker.Domain.Tests.Fairness;

public sealed class FairHeapTests
{
    private readonly FairHeap<FairMember> _heap = new();

    [Fact]
    public void Backlogged_tenants_get_tokens_by_their_weights_whatever_the_size_of_their_jobs()
    {
        var tenants = new[] { 1, 2, 4 }.Select(weight => Member(weight)).ToArray();
        var sizes = new[] { 50, 700, 3000 };
        var served = new double[3];
        for (var i = 0; i < 100_000; i++)
        {
            var index = Array.IndexOf(tenants, _heap.First);
            served[index] += sizes[index];
            Serve(tenants[index], sizes[index]);
        }

        (served[1] / served[0]).ShouldBe(2, 0.02);
        (served[2] / served[0]).ShouldBe(4, 0.04);
    }

    [Fact]
    public void Ten_backlogged_tenants_have_a_Jain_index_of_nearly_one()
    {
        var random = new Random(1);
        var tenants = Enumerable.Range(0, 10).Select(_ => Member(1)).ToArray();
        var served = new double[10];
        for (var i = 0; i < 20_000; i++)
        {
            var index = Array.IndexOf(tenants, _heap.First);
            var (estimate, used) = (random.Next(100, 4000), random.Next(50, 4000));
            served[index] += used;
            Serve(tenants[index], estimate);
            tenants[index].Share.Settle(estimate, used);
            _heap.Update(tenants[index]);
        }

        (Math.Pow(served.Sum(), 2) / (10 * served.Sum(tokens => tokens * tokens))).ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void One_that_was_idle_starts_at_the_lowest_of_the_active_ones()
    {
        var (one, other) = (Member(1), Member(1));
        Serve(one, 1000);
        Serve(other, 700);
        var late = new FairMember();

        _heap.Add(late);

        late.Share.VirtualTime.ShouldBe(700);
    }

    [Fact]
    public void After_a_quiet_time_nobody_starts_before_where_the_last_ones_were()
    {
        var one = Member(1);
        Serve(one, 1000);
        _heap.Remove(one);
        var late = new FairMember();

        _heap.Add(late);

        late.Share.VirtualTime.ShouldBe(1000);
    }

    [Fact]
    public void The_first_is_always_the_lowest()
    {
        var steps = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 19], Gen.Int[1, 5000]).Array[1, 300];
        steps.Sample(sequence =>
        {
            var heap = new FairHeap<FairMember>();
            var members = Enumerable.Range(0, 20).Select(_ => new FairMember()).ToArray();
            foreach (var (action, index, tokens) in sequence)
            {
                var member = members[index];
                switch (action)
                {
                    case 0:
                        heap.Add(member);
                        break;
                    case 1:
                        heap.Remove(member);
                        break;
                    case 2:
                        member.Share.Charge(tokens);
                        heap.Update(member);
                        break;
                    default:
                        member.Share.Settle(tokens, 0);
                        heap.Update(member);
                        break;
                }

                var inside = members.Where(heap.Contains).ToList();
                if (
                    heap.Count != inside.Count
                    || (inside.Count > 0 && heap.First!.Share.VirtualTime > inside.Min(m => m.Share.VirtualTime))
                )
                {
                    return false;
                }
            }

            return true;
        });
    }

    [Fact]
    public void Serving_allocates_nothing()
    {
        for (var i = 0; i < 1000; i++)
        {
            Member(1);
        }

        Serve(_heap.First!, 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            Serve(_heap.First!, 100 + i);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private FairMember Member(int weight)
    {
        var member = new FairMember();
        member.Share.Weight = weight;
        _heap.Add(member);
        return member;
    }

    private void Serve(FairMember member, int tokens)
    {
        member.Share.Charge(tokens);
        _heap.Update(member);
    }
}
