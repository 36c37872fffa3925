using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Rules;
using InferenceBroker.Scenarios.Simulation;
using InferenceBroker.Scenarios.Traces;

namespace InferenceBroker.Scenarios.Scenarios;

/// <summary>
/// Workload: 30,000 jobs of four tasks in `metadata.task`: 40 % classification, 25 % extraction, 25 % conversation, 10 % reasoning, each with
/// its own lengths. Traces: three steady models at three prices, the small ones with room for half of the work that could go there. Rules send
/// each task to a route whose targets are good enough for it; the policy is `cost`. Baseline: everything on the strongest model. Goal: 60 %
/// cheaper, and no answer below its task's quality floor.
/// </summary>
internal sealed class Cost : IScenario
{
    private const int Seed = 404;
    private const double JobsPerSecond = 25;
    private static readonly string[] Models = ["small", "medium", "large"];

    private static readonly int[] Concurrency = [20, 60, 200];

    // US dollars per million tokens; the prices of the large vendors' model families lie in such steps.
    private static readonly TokenPrice[] Prices = [new(0.25m, 1.25m), new(1m, 5m), new(5m, 25m)];

    private static readonly Task[] Tasks =
    [
        new("classification", Share: 0.40, Input: 400, Output: 10, Floor: 0),
        new("extraction", Share: 0.25, Input: 1500, Output: 150, Floor: 1),
        new("conversation", Share: 0.25, Input: 800, Output: 250, Floor: 1),
        new("reasoning", Share: 0.10, Input: 600, Output: 500, Floor: 2),
    ];

    public int Number => 4;

    public string Name => "cost: against everything on the strongest model";

    public ScenarioResult Run(double length)
    {
        var events = new EventQueue(World.Start);
        var providers = Models.Select((model, i) => Provider(model, Concurrency[i])).ToList();
        var catalog = MakeCatalog(providers);
        var jobs = Jobs((int)(30_000 * length), catalog.Rules);
        Workload.Start(events, new SimulatedBroker(events, new SimulatedCatalog(catalog), providers, Seed), jobs.Select(job => job.Job));
        events.RunUntil(jobs[^1].Job.CreatedAt + TimeSpan.FromMinutes(10));

        var strongest = jobs.Sum(job => CostOf(job.Job, 2));
        var paid = jobs.Sum(job => CostOf(job.Job, ModelOf(job.Job)));
        var below = jobs.Count(job => !job.Job.IsAnswered || ModelOf(job.Job) < job.Task.Floor);
        var change = (paid / strongest) - 1;
        return new ScenarioResult(
            $"{strongest:0.00} $",
            $"{paid:0.00} $ ({change:+0.0 %;−0.0 %}), {below} below their floor",
            "≤ −60 %, none below its floor",
            change <= -0.6 && below == 0
        )
        {
            Figures =
            {
                ["share of jobs on small"] = (double)jobs.Count(job => ModelOf(job.Job) == 0) / jobs.Count,
                ["share of jobs on large"] = (double)jobs.Count(job => ModelOf(job.Job) == 2) / jobs.Count,
                ["cost if every task got its floor"] = jobs.Sum(job => CostOf(job.Job, job.Task.Floor)),
                ["p95 wait s"] = Percentile.Of(jobs.Select(job => job.Job.Wait.TotalSeconds), 0.95),
            },
        };
    }

    private static SimulatedProvider Provider(string model, int concurrency) =>
        new(model, concurrency, LatencyTrace.Steady(0.4, 0.01, Seed), new Random(0));

    private static Catalog MakeCatalog(List<SimulatedProvider> providers)
    {
        var routes = Tasks.Select(task => new ModelRoute(
            task.Name,
            RoutingPolicies.Cost,
            [.. Enumerable.Range(task.Floor, 3 - task.Floor).Select(TargetOf)],
            []
        ));
        var rules = Tasks.Select(task => new RoutingRule(
            [new TextCondition(RuleField.Metadata, "task", [new TextPattern(task.Name)])],
            task.Name
        ));
        return new Catalog(
            providers.ToDictionary(provider => provider.Name, SimulatedCatalog.DefinitionOf),
            [.. routes, new ModelRoute("m", RoutingPolicies.Cost, [TargetOf(2)], [])],
            new JobLimits()
        )
        {
            Rules = new RuleSet([.. rules]),
        };
    }

    private static Target TargetOf(int model) => new(Models[model], Models[model], Weight: 1, Prices[model]);

    private static List<(SimulatedJob Job, Task Task)> Jobs(int count, RuleSet rules)
    {
        var random = new Random(Seed);
        var at = World.Start;
        var jobs = new List<(SimulatedJob, Task)>();
        while (jobs.Count < count)
        {
            var task = Draw(random.NextDouble());
            var features = new RequestFeatures("m", "default", task.Input, Capabilities.None, at) { Metadata = _ => task.Name };
            var job = new SimulatedJob
            {
                Id = JobIds.Of(jobs.Count + 1),
                CreatedAt = at += random.NextGap(JobsPerSecond),
                Route = rules.Match(features)?.Use,
                InputTokens = (int)random.NextLogNormal(task.Input, 0.5) + 1,
                OutputTokens = (int)random.NextLogNormal(task.Output, 0.5) + 1,
            };
            jobs.Add((job, task));
        }

        return jobs;
    }

    private static Task Draw(double chance)
    {
        foreach (var task in Tasks)
        {
            if ((chance -= task.Share) < 0)
            {
                return task;
            }
        }

        return Tasks[^1];
    }

    private static int ModelOf(SimulatedJob job) =>
        Array.FindIndex(Models, model => job.Endpoint.StartsWith(model, StringComparison.Ordinal));

    private static double CostOf(SimulatedJob job, int model) =>
        model < 0 ? 0 : Prices[model].NanoUsd(new TokenUsage(job.InputTokens, job.OutputTokens)) / 1e9;

    /// <param name="Floor">The weakest model that is good enough.</param>
    private sealed record Task(string Name, double Share, int Input, int Output, int Floor);
}
