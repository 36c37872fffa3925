using System.Collections.Concurrent;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.OpenAI;

namespace InferenceBroker.Providers.Simulated;

/// <summary>The simulated providers of this process by name; each is made at its first call. Thread safe.</summary>
public sealed class SimulatedProviders(TimeProvider time) : IProviderTransport
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new();

    /// <summary>Null: nobody has called it yet.</summary>
    public SimulatedProvider? Find(string name) => _entries.TryGetValue(name, out var entry) ? entry.Provider : null;

    HttpMessageInvoker IProviderTransport.For(ProviderCall call)
    {
        var connection = call.Connection;
        var entry = _entries.GetOrAdd(connection.Name, static (_, state) => Create(state.connection, state.time), (connection, time));
        if (!ReferenceEquals(entry.Connection, connection))
        {
            entry.Adopt(connection);
        }

        return entry.Invoker;
    }

    private static Entry Create(ProviderConnection connection, TimeProvider time)
    {
        var provider = new SimulatedProvider(SimulatedSettings.Parse(connection.Settings), time);
        return new Entry(connection, provider, new HttpMessageInvoker(new SimulatedHandler(provider)));
    }

    private sealed class Entry(ProviderConnection connection, SimulatedProvider provider, HttpMessageInvoker invoker)
    {
        public ProviderConnection Connection { get; private set; } = connection;

        public SimulatedProvider Provider { get; } = provider;

        public HttpMessageInvoker Invoker { get; } = invoker;

        /// <summary>The configuration was read anew: other behaviour, the same ledger and windows.</summary>
        public void Adopt(ProviderConnection changed)
        {
            Provider.Options = SimulatedSettings.Parse(changed.Settings);
            Connection = changed;
        }
    }
}
