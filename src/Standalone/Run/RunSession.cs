using InferenceBroker.Standalone.Run.Input;
using InferenceBroker.Standalone.Run.Output;

namespace InferenceBroker.Standalone.Run;

/// <summary>
/// One start of a run: read the input, take stock of the output and the database, submit what is missing, write what comes back. The database
/// decides what was done; the output can be rebuilt from it. So a run may be killed at any moment and started again.
/// </summary>
internal sealed class RunSession : IDisposable
{
    private readonly RunBroker _broker;
    private readonly RunOptions _options;
    private readonly RunPaths _paths;
    private readonly RunGeneration _generation;
    private readonly LineIndex _index = new();
    private readonly OutstandingJobs _outstanding;
    private ResultWriter? _results;
    private RunCollector? _collector;

    public RunSession(RunBroker broker, RunOptions options, RunPaths paths)
    {
        _broker = broker;
        _options = options;
        _paths = paths;
        _generation = new RunGeneration(options.DataFolder, paths.Output);
        _outstanding = new OutstandingJobs(options.Concurrency);
    }

    public RunFigures Figures { get; } = new();

    /// <summary>What earlier starts did is forgotten, as <c>--fresh</c> wants it.</summary>
    public bool HasStartedOver { get; private set; }

    /// <summary>Reads the files and the database. Nothing is sent yet.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var owner = await RunOwner.EnsureAsync(_broker.Tenants, _broker.Time, cancellationToken);
        if (_options.Fresh)
        {
            await ForgetAsync(owner, cancellationToken);
        }

        var parser = new LineParser(_broker.Catalog.Current, _broker.Time);
        Figures.Invalid = await ErrorsFile.ReplaceAsync(
            _paths.Errors,
            onFault => InputScan.RunAsync(_paths.Input, parser, _index, onFault, cancellationToken)
        );
        Figures.Total = _index.Count;
        Figures.AnsweredBefore = await OutputScan.RunAsync(_paths.Output, _index, cancellationToken);

        var results = _results = new ResultWriter(_paths, Figures);
        _collector = new RunCollector(_broker.Jobs, _outstanding, results, _broker.Time);

        // The unfinished first: one that ends in between is then seen by the second read, or by the collector.
        await new UnfinishedJobs(_broker.Jobs, owner, _generation.RunId, _broker.Time).AdoptAsync(_index, _outstanding, cancellationToken);
        await new EndedJobs(_broker.Jobs, owner, _generation.RunId, _index, _outstanding, results, Figures).RunAsync(cancellationToken);
    }

    /// <summary>Until every valid line has its result. Prepare first.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var collector = _collector ?? throw new InvalidOperationException("Prepare the session first.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var relay = await _broker.Messages.ReceiveRelayAsync(collector, stop.Token);
        var owner = await RunOwner.EnsureAsync(_broker.Tenants, _broker.Time, stop.Token);
        var submitter = new RunSubmitter(
            _broker.Jobs,
            _broker.Hints,
            new LineParser(_broker.Catalog.Current, _broker.Time),
            _index,
            new LineJob(_generation.RunId, owner, _broker.Time),
            _outstanding
        );
        var submitting = Task.Run(() => submitter.RunAsync(_paths.Input, stop.Token), stop.Token);
        try
        {
            await collector.RunAsync(submitting, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await submitting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Writes what ended while the broker was shutting down.</summary>
    public async Task CollectLateAsync(CancellationToken cancellationToken)
    {
        if (_collector is { } collector)
        {
            await collector.SweepOnceAsync(int.MaxValue, cancellationToken);
        }
    }

    public void Dispose()
    {
        _results?.Dispose();
        _outstanding.Dispose();
    }

    /// <summary>The files go first: whoever is killed in between finds everything in the database and simply says --fresh again.</summary>
    private async Task ForgetAsync(RunOwner owner, CancellationToken cancellationToken)
    {
        File.Delete(_paths.Output);
        File.Delete(_paths.Errors);
        await new UnfinishedJobs(_broker.Jobs, owner, _generation.RunId, _broker.Time).CancelAllAsync(cancellationToken);
        _generation.StartNext();
        HasStartedOver = true;
    }
}
