using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Tests.Routing;

public sealed class AffinityTableTests
{
    private readonly AffinityTable _table = new(capacity: 3);
    private readonly Candidate[] _candidates = Candidates.Alike(3);

    [Fact]
    public void Prefer_EndpointOfTheLastJob_IsPreferred()
    {
        _table.Note(7, _candidates[1].Endpoint);
        _table.Note(8, _candidates[0].Endpoint);
        _table.Note(7, _candidates[2].Endpoint);

        _table.Prefer(7, _candidates, margin: 0).ShouldBe(2);
        _table.Prefer(8, _candidates, margin: 0).ShouldBe(0);
    }

    [Fact]
    public void Prefer_UnknownHashNoHashOrEndpointThatIsNoCandidate_PrefersNone()
    {
        _table.Note(7, _candidates[1].Endpoint);
        _table.Note(AffinityTable.NoAffinity, _candidates[0].Endpoint);

        _table.Prefer(9, _candidates, margin: 10).ShouldBe(-1);
        _table.Prefer(AffinityTable.NoAffinity, _candidates, margin: 10).ShouldBe(-1);
        _table.Prefer(7, new[] { _candidates[0], _candidates[2] }, margin: 10).ShouldBe(-1);
    }

    [Fact]
    public void Prefer_MoreInFlightThanTheMarginAllows_PrefersNone()
    {
        _table.Note(7, _candidates[1].Endpoint);
        for (var i = 0; i < 5; i++)
        {
            _candidates[1].Endpoint.Reserve(tokens: 0);
        }

        _table.Prefer(7, _candidates, margin: 4).ShouldBe(-1);

        _candidates[0].Endpoint.Reserve(tokens: 0);
        _candidates[2].Endpoint.Reserve(tokens: 0);
        _table.Prefer(7, _candidates, margin: 4).ShouldBe(1);
    }

    [Fact]
    public void Note_BeyondTheCapacity_ForgetsWhatWasNotUsedForLongest()
    {
        foreach (var hash in new long[] { 1, 2, 3, 1, 4, 5 })
        {
            _table.Note(hash, _candidates[0].Endpoint);
        }

        _table.Count.ShouldBe(3);
        new long[] { 1, 2, 3, 4, 5 }
            .Where(h => _table.Prefer(h, _candidates, 0) == 0)
            .ShouldBe([1, 4, 5]);
    }

    [Fact]
    public void Note_InAnyOrder_HoldsTheLatestDistinctHashes()
    {
        var random = new Random(5);
        var used = new List<long>();
        for (var i = 0; i < 2000; i++)
        {
            var hash = random.Next(1, 8);
            used.Remove(hash);
            used.Add(hash);
            _table.Note(hash, _candidates[0].Endpoint);

            for (var known = 1; known < 8; known++)
            {
                (_table.Prefer(known, _candidates, 0) == 0).ShouldBe(used.TakeLast(3).Contains(known));
            }
        }
    }

    [Fact]
    public void LookUpsAndNotes_AllocateNothing()
    {
        Use(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Use(1000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private void Use(int times)
    {
        for (var i = 1; i <= times; i++)
        {
            _table.Note(i, _candidates[i % 3].Endpoint);
            _table.Prefer(i, _candidates, margin: 1);
        }
    }
}
