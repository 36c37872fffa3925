namespace InferenceBroker.Hosting.Configuration;

/// <summary>One reading of the configuration, checked whole.</summary>
internal sealed class BrokerConfiguration
{
    public required BrokerOptions Options { get; init; }

    public required ProviderSource ProviderSource { get; init; }

    /// <summary>Null: there is none.</summary>
    public required string? File { get; init; }

    /// <summary>The file as it was read. Null: there is none.</summary>
    public required FileVersion? Version { get; init; }

    /// <summary>The sections that the roles bind, as keys under <c>Broker</c>.</summary>
    public required IReadOnlyDictionary<string, string?> RoleKeys { get; init; }

    /// <summary>Provider → key → secret.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Secrets { get; init; }

    public required IReadOnlyList<ConfigurationFault> Warnings { get; init; }

    /// <exception cref="ConfigurationFaultsException">Something is wrong: all faults together.</exception>
    public static BrokerConfiguration Load(string? file, string workingDirectory, IReadOnlyDictionary<string, string> environment) =>
        Load(new ConfigurationSource(file, workingDirectory, environment));

    /// <exception cref="ConfigurationFaultsException">Something is wrong: all faults together.</exception>
    public static BrokerConfiguration Load(ConfigurationSource source)
    {
        try
        {
            return Load(source, source.File is null ? null : FileVersion.Read(source.File), static _ => []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationFaultsException(source.Name, [new(source.Name, $"cannot be read ({e.GetType().Name})")]);
        }
    }

    /// <param name="version">The content to take for that of the file.</param>
    /// <param name="checkRoles">Finds the faults of the roles' sections, by <see cref="RoleKeys"/>.</param>
    /// <exception cref="ConfigurationFaultsException">Something is wrong: all faults together.</exception>
    public static BrokerConfiguration Load(
        ConfigurationSource source,
        FileVersion? version,
        Func<IReadOnlyDictionary<string, string?>, IEnumerable<ConfigurationFault>> checkRoles
    )
    {
        var faults = new FaultList();
        var document = version is null ? [] : BrokerFile.Parse(source.Name, version.Content.Span, faults);
        EnvironmentOverrides.Apply(document, source.Environment, faults);
        var options = BrokerOptionsReader.Read(new SectionReader(document, "", faults), faults);
        var providerSource = ProviderDiscovery.Complete(options, source.Environment);
        new BrokerOptionsValidator(options, faults).Validate();
        var secrets = ResolveSecrets(options, new SecretResolver(source.Environment, source.BaseDirectory, faults));
        var roleKeys = RoleSections.Flatten(document);
        var all = (ConfigurationFault[])[.. faults.Faults, .. checkRoles(roleKeys)];
        if (all.Length > 0)
        {
            throw new ConfigurationFaultsException(source.Name, all);
        }

        return new BrokerConfiguration
        {
            Options = options,
            ProviderSource = providerSource,
            File = source.File,
            Version = version,
            RoleKeys = roleKeys,
            Secrets = secrets,
            Warnings = faults.Warnings,
        };
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> ResolveSecrets(BrokerOptions options, SecretResolver resolver)
    {
        var secrets = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var (name, provider) in options.Providers)
        {
            var ofProvider = new Dictionary<string, string>();
            for (var i = 0; i < provider.Keys.Count; i++)
            {
                var path = $"{FaultList.Join("providers", name)}.keys[{i}].value";
                ofProvider[provider.Keys[i].Name] = resolver.Resolve(path, provider.Keys[i].Value);
            }

            if (ofProvider.Count == 0)
            {
                ofProvider[KeyOptions.DefaultName] = "";
            }

            secrets[name] = ofProvider;
        }

        return secrets;
    }
}
