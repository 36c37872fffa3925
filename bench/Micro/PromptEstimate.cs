using BenchmarkDotNet.Attributes;
using InferenceBroker.Api.Submission;
using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Micro;

/// <summary>What a request with a prompt of 4 kB is expected to use: the prompt by its length, the answer by those before.</summary>
[InProcess]
[MemoryDiagnoser]
public class PromptEstimate
{
    private readonly byte[] _body = new byte[4096];
    private readonly OutputCalibration _answers = new();

    [GlobalSetup]
    public void Learn()
    {
        for (var i = 0; i < 2000; i++)
        {
            _answers.Add(50 + (i % 400));
        }
    }

    [Benchmark]
    public int Estimate() => TokenEstimate.Input(_body.Length) + _answers.Reserve(maxTokens: null);
}
