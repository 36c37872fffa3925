namespace InferenceBroker.Scenarios.Simulation;

/// <summary>Brings jobs to a dispatcher at the times at which they are created. They are made one after the other, so that a day of them fits.</summary>
internal static class Workload
{
    public static void Start(EventQueue events, IDispatcher dispatcher, IEnumerable<SimulatedJob> jobs) =>
        Next(events, dispatcher, jobs.GetEnumerator());

    private static void Next(EventQueue events, IDispatcher dispatcher, IEnumerator<SimulatedJob> jobs)
    {
        if (!jobs.MoveNext())
        {
            jobs.Dispose();
            return;
        }

        var job = jobs.Current;
        events.At(
            job.CreatedAt,
            () =>
            {
                dispatcher.Submit(job);
                Next(events, dispatcher, jobs);
            }
        );
    }
}
