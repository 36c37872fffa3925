using InferenceBroker.Hosting.Catalogs;
using InferenceBroker.Hosting.Configuration;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Hosting.Reload;

/// <summary>
/// Looks at the file and puts a changed one in force, or refuses it and keeps the one in force. A change is judged once it looked the same
/// twice, so that half of a file that is being written is not. Not thread safe but for <see cref="Problem"/>.
/// </summary>
internal sealed partial class ConfigurationReload(
    ConfigurationInForce inForce,
    ConfigurationSource source,
    RoleSectionsCheck roles,
    ReloadMetrics metrics,
    ILogger<ConfigurationReload> logger
)
{
    private readonly IReadOnlyDictionary<string, string?> _startKeys = inForce.Current.Configuration.RoleKeys;

    private FileVersion? _judged = inForce.Current.Configuration.Version;
    private FileVersion? _candidate;
    private string? _loggedRefusal;
    private volatile string? _refusal;
    private volatile string? _missing;

    /// <summary>Why the file is not the configuration in force. Null: it is.</summary>
    public string? Problem => _missing ?? _refusal;

    public ReloadOutcome RunOnce()
    {
        if (source.File is not { } file)
        {
            return ReloadOutcome.Unchanged;
        }

        if (Read(file) is not { } version)
        {
            return ReloadOutcome.Missing;
        }

        if (version.Equals(_judged))
        {
            _candidate = null;
            return ReloadOutcome.Unchanged;
        }

        if (!version.Equals(_candidate))
        {
            _candidate = version;
            return ReloadOutcome.Unsettled;
        }

        (_judged, _candidate) = (version, null);
        return Judge(version);
    }

    private FileVersion? Read(string file)
    {
        try
        {
            var version = FileVersion.Read(file);
            _missing = null;
            return version;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_missing is null)
            {
                LogMissing(logger, file, e.GetType().Name);
            }

            _missing = "The file cannot be read; the configuration that it held last stays in force.";
            return null;
        }
    }

    private ReloadOutcome Judge(FileVersion version)
    {
        try
        {
            var configuration = BrokerConfiguration.Load(source, version, FindRoleFaults);
            return StartsSimulating(configuration) is { } fault ? Refuse([fault]) : Apply(configuration);
        }
        catch (ConfigurationFaultsException e)
        {
            return Refuse(e.Faults);
        }
    }

    private IEnumerable<ConfigurationFault> FindRoleFaults(IReadOnlyDictionary<string, string?> roleKeys) =>
        RoleSectionsCheck.FindChanged(_startKeys, roleKeys).Count == 0 ? [] : roles.FindFaults(roleKeys);

    /// <summary>A file that lost its providers by mistake must not have real jobs answered by simulated ones.</summary>
    private ConfigurationFault? StartsSimulating(BrokerConfiguration changed) =>
        changed.ProviderSource == ProviderSource.Simulated && inForce.Current.Configuration.ProviderSource != ProviderSource.Simulated
            ? new ConfigurationFault("providers", "at least one is needed; simulated ones take their place only at start")
            : null;

    private ReloadOutcome Apply(BrokerConfiguration configuration)
    {
        var before = inForce.Current.Configuration;
        inForce.Replace(configuration);
        (_refusal, _loggedRefusal) = (null, null);
        metrics.Applied();
        LogApplied(logger, source.Name, configuration.Options.Providers.Count, configuration.Options.Models.Count);
        foreach (var warning in configuration.Warnings.Except(before.Warnings))
        {
            LogWarning(logger, warning);
        }

        if (RoleSectionsCheck.FindChanged(_startKeys, configuration.RoleKeys) is { Count: > 0 } changed)
        {
            LogNeedsRestart(logger, string.Join(", ", changed));
        }

        return ReloadOutcome.Applied;
    }

    private ReloadOutcome Refuse(IReadOnlyList<ConfigurationFault> faults)
    {
        metrics.Refused();
        // Health is open to everybody who reaches the port, so it names keys, not values.
        var paths = string.Join(", ", faults.Select(f => f.Path).Distinct(StringComparer.Ordinal));
        _refusal = $"The changed file was refused, the earlier configuration stays in force; see the log. At fault: {paths}.";
        var all = string.Join("; ", faults);
        if (all != _loggedRefusal)
        {
            LogRefused(logger, source.Name, faults.Count, all);
        }

        _loggedRefusal = all;
        return ReloadOutcome.Refused;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{File} was read anew and is in force: {Providers} providers, {Models} models.")]
    private static partial void LogApplied(ILogger logger, string file, int providers, int models);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{File} was changed but is refused, the earlier configuration stays in force. Faults: {Count}. {Faults}"
    )]
    private static partial void LogRefused(ILogger logger, string file, int count, string faults);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} cannot be read any more ({Fault}); what it held last stays in force.")]
    private static partial void LogMissing(ILogger logger, string file, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Configuration: {Warning}")]
    private static partial void LogWarning(ILogger logger, ConfigurationFault warning);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Configuration: a change of these keys takes effect at the next start only: {Keys}."
    )]
    private static partial void LogNeedsRestart(ILogger logger, string keys);
}
