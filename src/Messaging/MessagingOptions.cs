using System.ComponentModel.DataAnnotations;

namespace InferenceBroker.Messaging;

/// <summary>How the roles talk to each other (<c>Broker:Messaging</c>).</summary>
public sealed class MessagingOptions
{
    /// <summary>
    /// The RabbitMQ server, for example <c>amqp://user:password@host:5672/vhost</c>, or <c>amqps://</c> for TLS. Default: none, the transport
    /// is in memory and reaches this process only.
    /// </summary>
    [RegularExpression("^amqps?://.+$", ErrorMessage = "RabbitMqUri must be an amqp:// or amqps:// URI.")]
    public string? RabbitMqUri { get; set; }

    /// <summary>Scheduler partitions, each with its own queue and leader. The same number in every process. Default 1.</summary>
    [Range(1, 64)]
    public int SchedulerPartitions { get; set; } = 1;

    /// <summary>Hints that may wait for one destination, in items; beyond it the oldest is dropped. Default 8,192.</summary>
    [Range(256, 1_048_576)]
    public int HintCapacity { get; set; } = 8192;

    /// <summary>Hints that one message carries at most, in items. Default 200.</summary>
    [Range(1, 1000)]
    public int HintBatch { get; set; } = 200;

    /// <summary>Chunk text that one relay message carries at most, in characters; a longer frame travels alone. Default 262,144.</summary>
    [Range(1024, 16_777_216)]
    public int RelayBatchSize { get; set; } = 262_144;

    /// <summary>How long one send may take, the broker's confirmation included. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a question to the leading scheduler waits for its answer unless the one who asks says less. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:05")]
    public TimeSpan InquiryTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long connecting a queue waits for the broker; after that it goes on in the background. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long stopping a queue waits for the messages being handled; then their tokens are cancelled. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
