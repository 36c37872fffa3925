namespace InferenceBroker.Testing.RabbitMq;

/// <summary>A RabbitMQ server that a test may break. Not thread safe.</summary>
internal interface IRabbitMqServer : IAsyncDisposable
{
    /// <summary>The port stays the same over every restart.</summary>
    int Port { get; }

    /// <summary>Its HTTP API, for a server that was asked for one.</summary>
    Uri? Management { get; }

    /// <summary>Starts the server on the data that it has and returns once it takes connections.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Ends the server without giving it time to say goodbye. What it had written to disk stays.</summary>
    Task KillAsync();

    /// <summary>Deletes the data of a killed server: queues, bindings and messages.</summary>
    Task WipeAsync();
}
