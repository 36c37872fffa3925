using System.Text;
using BenchmarkDotNet.Attributes;
using InferenceBroker.Api.Submission;
using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Micro;

/// <summary>What a request with a prompt of 4 kB is expected to use: the prompt by its text, the answer by those before.</summary>
[InProcess]
[MemoryDiagnoser]
public class PromptEstimate
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Please summarise this in one line. ", 117)));
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
    public int Estimate() => TokenEstimate.Input(_body) + _answers.Reserve(maxTokens: null);
}
