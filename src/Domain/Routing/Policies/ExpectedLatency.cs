namespace InferenceBroker.Domain.Routing.Policies;

/// <summary>How long a job is expected to take at an endpoint: a long answer does not make an endpoint slow.</summary>
internal static class ExpectedLatency
{
    // What an endpoint is taken for until it has been measured: not bad, so that it is tried, and not so good that everything rushes there.
    private const double UnknownTimeToFirstToken = 0.5;
    private const double UnknownSecondsPerToken = 0.02;

    public static double SecondsOf(IEndpointMeasures measures, JobEstimate job)
    {
        var first = measures.TimeToFirstToken;
        var next = measures.SecondsPerOutputToken;
        return (first > 0 ? first : UnknownTimeToFirstToken) + ((next > 0 ? next : UnknownSecondsPerToken) * job.OutputTokens);
    }
}
