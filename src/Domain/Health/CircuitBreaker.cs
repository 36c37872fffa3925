namespace InferenceBroker.Domain.Health;

/// <summary>
/// Decides whether an endpoint may be called. Rules: (1) too many errors open it; (2) it stays open for a wait that doubles with each failed
/// probe; (3) then one call passes as the probe, one in the whole cluster, since one leader decides; (4) after its success a growing share of
/// the calls passes, step by step; (5) news of calls that began before the last opening are ignored. Not thread safe.
/// </summary>
public sealed class CircuitBreaker(BreakerSettings settings)
{
    private const int WindowSlots = 10;
    private const int ReliableCalls = 100;
    private const double ReliableShare = 0.01;
    private const int MostDoublings = 16;
    private static readonly TimeSpan WindowSlot = TimeSpan.FromSeconds(6);

    // The clocks of the machines agree up to that.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMilliseconds(500);

    private readonly CallWindow _window = new(WindowSlots, WindowSlot);
    private readonly RampGate _gate = new(settings.RampPatience);
    private int _errorsInARow;

    // There was nothing else: it comes back in a quarter of the time.
    private bool _isNeeded;
    private int _failedProbes;
    private DateTimeOffset _openedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _until = DateTimeOffset.MinValue;
    private DateTimeOffset _askedUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _probedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _rampedAt = DateTimeOffset.MinValue;

    public BreakerState State { get; private set; }

    /// <summary>Grows with every change of what a snapshot holds: store it when it differs from the stored one.</summary>
    public int Version { get; private set; }

    /// <summary>Open: the end of the wait.</summary>
    public DateTimeOffset Until => _until;

    /// <summary>The error share is high, though not high enough to open.</summary>
    public bool IsDegraded => _window.Calls >= settings.FewestCallsForDegraded && _window.BadShare >= settings.DegradedShare;

    /// <summary>0 to 1: the step of the ramp; 1 closed, 0 open. As of the last <see cref="Advance"/>.</summary>
    public double RampShare { get; private set; } = 1;

    /// <summary>The share that is left after degradation, 0 to 1.</summary>
    public double SuccessShare => IsDegraded ? 1 - _window.BadShare : 1;

    /// <summary>A probe may begin.</summary>
    public bool WantsProbe => State == BreakerState.HalfOpen;

    /// <summary>Ordinary calls may pass, as far as <see cref="TryAdmit"/> lets them.</summary>
    public bool PassesCalls => State is BreakerState.Closed or BreakerState.Recovering;

    /// <summary>Lets time pass: waits end, the ramp climbs, a probe without an end is given up.</summary>
    /// <param name="random">A number from 0 to 1 for the jitter of a wait.</param>
    public void Advance(DateTimeOffset now, double random)
    {
        _window.Advance(now);
        switch (State)
        {
            case BreakerState.Open when now >= _until:
                Move(BreakerEvent.WaitEnded);
                break;
            case BreakerState.Probing when now >= _until:
                EndProbe(CallVerdict.Error, retryAfter: null, now, random);
                break;
            case BreakerState.Recovering:
                Climb(now);
                break;
        }
    }

    /// <summary>Takes the one place for a probe. False: there is none to take.</summary>
    public bool TryBeginProbe(DateTimeOffset now, double random)
    {
        Advance(now, random);
        if (State != BreakerState.HalfOpen)
        {
            return false;
        }

        _probedAt = now;
        _until = now + settings.ProbeLimit;
        Move(BreakerEvent.ProbeBegan);
        return true;
    }

    /// <summary>
    /// Jobs wait, and no other endpoint is up for them: the wait ends earlier than it would where others do the work. The provider's own wish
    /// is respected.
    /// </summary>
    public void Hasten()
    {
        if (State != BreakerState.Open)
        {
            return;
        }

        _isNeeded = true;
        var soonest = _openedAt + settings.LongestWaitAlone;
        soonest = soonest > _askedUntil ? soonest : _askedUntil;
        if (soonest < _until)
        {
            _until = soonest;
            Version++;
        }
    }

    /// <summary>
    /// Asks for an ordinary call that a policy would give to this endpoint, and counts it where it passes. Closed: always, but one at a time
    /// under suspicion. Recovering: as the ramp allows.
    /// </summary>
    /// <param name="inFlight">Calls under way at the endpoint.</param>
    /// <param name="limit">Its concurrency; the ramp lets its share of it, at least one, be under way.</param>
    /// <param name="isScaled">The policy has scaled its choice among several by <see cref="RampShare"/>: not to be scaled again.</param>
    public bool TryAdmit(int inFlight, int limit, bool isScaled, DateTimeOffset now) =>
        State switch
        {
            BreakerState.Closed => _errorsInARow < settings.SuspectAfter || inFlight == 0,
            BreakerState.Recovering => _gate.TryAdmit(RampShare, inFlight, limit, isScaled, now),
            _ => false,
        };

    /// <summary>A call ended.</summary>
    /// <param name="usualErrors">The error share of a longer time, without the last errors in a row; null where too little is known.</param>
    public void Record(in EndedCall call, double? usualErrors, double random)
    {
        var verdict = CallVerdicts.Of(call.Failure);
        var now = call.EndedAt;
        Advance(now, random);
        if (State == BreakerState.Probing && call.StartedAt >= _probedAt - ClockTolerance)
        {
            EndProbe(verdict, call.RetryAfter, now, random);
            return;
        }

        var since = State == BreakerState.Recovering ? _probedAt - ClockTolerance : _openedAt;
        if (verdict == CallVerdict.Neutral || !PassesCalls || call.StartedAt < since)
        {
            return;
        }

        var isError = verdict == CallVerdict.Error;
        _window.Add(isError, now);
        _errorsInARow = isError ? _errorsInARow + 1 : 0;
        if (isError && IsTripped(usualErrors))
        {
            Open(BreakerEvent.Tripped, call.RetryAfter, now, random);
        }
    }

    public BreakerSnapshot Snapshot() => new(State, _failedProbes, _openedAt, _until, _probedAt, _rampedAt);

    /// <summary>Takes over what another leader stored.</summary>
    public void Restore(BreakerSnapshot stored, DateTimeOffset now, double random)
    {
        State = stored.State;
        _failedProbes = stored.FailedProbes;
        _openedAt = stored.OpenedAt;
        _until = stored.Until;
        _probedAt = stored.ProbedAt;
        _rampedAt = stored.RampedAt;
        RampShare = State == BreakerState.Closed ? 1 : 0;
        Advance(now, random);
    }

    /// <summary>How many errors in a row there are now.</summary>
    internal int ErrorsInARow => _errorsInARow;

    /// <summary>The error share that a longer window shows without the present run of errors; null where it holds too few calls.</summary>
    internal double? UsualErrors(CallWindow longer) =>
        longer.Calls - longer.Bad < ReliableCalls ? null : (double)Math.Max(0, longer.Bad - _errorsInARow) / longer.Calls;

    private bool IsTripped(double? usualErrors)
    {
        var inARow = State == BreakerState.Recovering ? settings.ErrorsInARowWhileRecovering : settings.ErrorsInARow;
        if (usualErrors < ReliableShare)
        {
            inARow = Math.Min(inARow, settings.ErrorsInARowWhenReliable);
        }

        return _errorsInARow >= inARow || (_window.Calls >= settings.FewestCalls && _window.BadShare >= settings.ErrorShare);
    }

    private void EndProbe(CallVerdict verdict, TimeSpan? retryAfter, DateTimeOffset now, double random)
    {
        switch (verdict)
        {
            case CallVerdict.Success:
                _rampedAt = now;
                _gate.Start(now);
                Forget();
                Move(BreakerEvent.ProbeSucceeded);
                Climb(now);
                break;
            case CallVerdict.Error:
                _failedProbes++;
                Open(BreakerEvent.ProbeFailed, retryAfter, now, random);
                break;
            default:
                Move(BreakerEvent.ProbeLost);
                break;
        }
    }

    private void Open(BreakerEvent why, TimeSpan? retryAfter, DateTimeOffset now, double random)
    {
        if (State == BreakerState.Recovering)
        {
            _failedProbes++;
        }

        var wait = settings.FirstWait * Math.Pow(2, Math.Min(_failedProbes, MostDoublings));
        wait = wait < settings.LongestWait ? wait : settings.LongestWait;
        wait *= 1 + (settings.Jitter * ((2 * random) - 1));
        _openedAt = now;
        _askedUntil = now + (retryAfter ?? TimeSpan.Zero);
        _until = now + (retryAfter > wait ? retryAfter.Value : wait);
        Forget();
        Move(why);
    }

    private void Climb(DateTimeOffset now)
    {
        var step = (now - _rampedAt) / (_isNeeded ? settings.RampStep / 4 : settings.RampStep);
        if (step >= settings.Ramp.Count)
        {
            _failedProbes = 0;
            _isNeeded = false;
            Move(BreakerEvent.RampEnded);
            return;
        }

        RampShare = settings.Ramp[Math.Max(0, (int)step)];
    }

    private void Move(BreakerEvent happened)
    {
        State = BreakerTable.After(State, happened);
        Version++;
        RampShare = State == BreakerState.Closed ? 1 : 0;
    }

    private void Forget()
    {
        _window.Clear();
        _errorsInARow = 0;
    }
}
