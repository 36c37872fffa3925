using BenchmarkDotNet.Attributes;
using InferenceBroker.Scenarios.Scale;

namespace InferenceBroker.Micro;

/// <summary>One dispatch decision with 1,000 endpoints, 10,000 tenants and a million queued jobs: planned in rounds of 256, and taken back.</summary>
[InProcess]
[MemoryDiagnoser]
public class DispatchDecision
{
    private const int RoundSize = 256;

    private ScaleSetting _setting = null!;

    [GlobalSetup]
    public void Fill() => _setting = ScaleSetting.Fill(1_000_000);

    [Benchmark(OperationsPerInvoke = RoundSize)]
    public int Decide()
    {
        var planned = _setting.Plan();
        _setting.TakeBack();
        return planned;
    }
}
