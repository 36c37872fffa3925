using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Tests.Fakes;

/// <summary>A job of the fake store.</summary>
internal sealed class FakeJob(NewJob submitted, StoredJob stored)
{
    public NewJob Submitted { get; } = submitted;

    public StoredJob Stored { get; set; } = stored;

    public List<StoredAttempt> Attempts { get; } = [];

    public List<StoredChunks> Chunks { get; } = [];

    public StoredResult? Result { get; set; }

    public JobDetails Details => new(Stored, [.. Attempts], Result);
}
