namespace InferenceBroker.Hosting.Configuration;

/// <summary>The configuration in force, read once at start.</summary>
internal sealed class BrokerConfiguration
{
    public required BrokerOptions Options { get; init; }

    public required ProviderSource ProviderSource { get; init; }

    /// <summary>Null: there is none.</summary>
    public required string? File { get; init; }

    /// <summary>The sections that the roles bind, as keys under <c>Broker</c>.</summary>
    public required IReadOnlyDictionary<string, string?> RoleKeys { get; init; }

    /// <summary>Provider → key → secret.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Secrets { get; init; }

    public required IReadOnlyList<ConfigurationFault> Warnings { get; init; }

    /// <exception cref="ConfigurationFaultsException">Something is wrong: all faults together.</exception>
    public static BrokerConfiguration Load(string? file, string workingDirectory, IReadOnlyDictionary<string, string> environment)
    {
        var faults = new FaultList();
        var document = file is null ? [] : BrokerFile.Read(file, faults);
        EnvironmentOverrides.Apply(document, environment, faults);
        var options = BrokerOptionsReader.Read(new SectionReader(document, "", faults), faults);
        var source = ProviderDiscovery.Complete(options, environment);
        new BrokerOptionsValidator(options, faults).Validate();
        var baseDirectory = file is null ? workingDirectory : Path.GetDirectoryName(file)!;
        var secrets = ResolveSecrets(options, new SecretResolver(environment, baseDirectory, faults));
        if (faults.Faults.Count > 0)
        {
            throw new ConfigurationFaultsException(file ?? "The configuration", faults.Faults);
        }

        return new BrokerConfiguration
        {
            Options = options,
            ProviderSource = source,
            File = file,
            RoleKeys = RoleSections.Flatten(document),
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
