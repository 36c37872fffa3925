using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Providers.Simulated;

/// <summary>A provider that exists only here: takes requests, keeps limits and a ledger, and plays its answers. Thread safe.</summary>
public sealed class SimulatedProvider(SimulatedOptions options, TimeProvider time)
{
    private const int MostCachedScripts = 1000;
    private readonly ConcurrentDictionary<string, SimulatedScript> _scripts = new();
    private readonly ConcurrentDictionary<string, SimulatedWindow> _windows = new();
    private readonly SimulatedPlayer _player = new(time);
    private volatile SimulatedOptions _options = options;
    private long _calls;

    /// <summary>The present behaviour; a change holds for calls that come later.</summary>
    public SimulatedOptions Options
    {
        get => _options;
        set => _options = value;
    }

    public SimulatedStats Stats { get; } = new();

    internal async Task HandleAsync(
        Operation operation,
        ReadOnlyMemory<byte> body,
        string key,
        string? job,
        ISimulatedWire wire,
        CancellationToken cancellationToken
    )
    {
        SimulatedRequest request;
        try
        {
            request = SimulatedRequestReader.Read(operation, body.Span);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            await SimulatedPlayer.RefuseAsync(wire, cancellationToken);
            return;
        }

        await ServeAsync(request, key, job, wire, cancellationToken);
    }

    private async Task ServeAsync(
        SimulatedRequest request,
        string key,
        string? job,
        ISimulatedWire wire,
        CancellationToken cancellationToken
    )
    {
        var (total, model) = (Stats.Total, Stats.Of(request.Model));
        Stats.CountJob(job);
        total.Start();
        model.Start();
        SimulatedWindow? window = null;
        try
        {
            var call = Admit(request, key, out window);
            if (call.Plan.Fault is not null)
            {
                total.CountFailed();
                model.CountFailed();
            }

            if (window is null && call.Plan.Fault?.Code == SimulatedErrors.LimitReached)
            {
                total.CountLimited();
                model.CountLimited();
            }

            await _player.PlayAsync(call, wire, cancellationToken);
        }
        finally
        {
            window?.Release();
            total.End();
            model.End();
        }
    }

    /// <summary>Plans the call; where a limit refuses it, the plan is a 429 and no place in the window is taken.</summary>
    private SimulatedCall Admit(SimulatedRequest request, string key, out SimulatedWindow? window)
    {
        var settings = _options;
        var number = Interlocked.Increment(ref _calls);
        var script = ScriptOf(request.Model);
        var plan = SimulatedPlanner.Plan(settings, script, request, number);
        IReadOnlyList<KeyValuePair<string, string>> headers = [];
        window = null;
        if (settings.HasLimits)
        {
            var candidate = _windows.GetOrAdd(key, static (_, clock) => new SimulatedWindow(clock), time);
            var verdict = candidate.Admit(settings, request.InputTokens + plan.OutputTokens);
            headers = HeadersOf(settings, verdict);
            window = verdict.RetryAfter is null ? candidate : null;
            plan = verdict.RetryAfter is { } wait ? Refusal(plan, wait) : plan;
        }

        return new SimulatedCall(number, request, script, plan, settings, time.GetUtcNow().ToUnixTimeSeconds(), headers);
    }

    private static SimulatedPlan Refusal(SimulatedPlan plan, TimeSpan wait) =>
        plan with
        {
            Fault = new SimulatedFault(SimulatedOutcome.Error, 429, SimulatedErrors.LimitReached, wait),
            Latency = TimeSpan.Zero,
        };

    private SimulatedScript ScriptOf(string model)
    {
        if (_scripts.TryGetValue(model, out var script))
        {
            return script;
        }

        script = SimulatedModelName.Parse(model);
        if (_scripts.Count < MostCachedScripts)
        {
            _scripts[model] = script;
        }

        return script;
    }

    private static List<KeyValuePair<string, string>> HeadersOf(SimulatedOptions options, SimulatedLimitVerdict verdict)
    {
        var headers = new List<KeyValuePair<string, string>>(6);
        var reset = verdict.Reset.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + "s";
        if (options.RequestsPerMinute is { } requests)
        {
            Add("requests", requests, verdict.RemainingRequests);
        }

        if (options.TokensPerMinute is { } tokens)
        {
            Add("tokens", tokens, verdict.RemainingTokens);
        }

        return headers;

        void Add(string name, int limit, int remaining)
        {
            headers.Add(new($"x-ratelimit-limit-{name}", limit.ToString(CultureInfo.InvariantCulture)));
            headers.Add(new($"x-ratelimit-remaining-{name}", remaining.ToString(CultureInfo.InvariantCulture)));
            headers.Add(new($"x-ratelimit-reset-{name}", reset));
        }
    }
}
