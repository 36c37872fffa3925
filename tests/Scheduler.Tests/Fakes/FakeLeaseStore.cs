using InferenceBroker.Persistence.Leadership;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>One lease, by the clock that the callers bring.</summary>
internal sealed class FakeLeaseStore
{
    private readonly Lock _lock = new();
    private DateTimeOffset _until;

    public long Term { get; private set; }

    public string? Name { get; private set; }

    /// <summary>The store as one scheduler reaches it.</summary>
    public Link Connect() => new(this);

    internal sealed class Link(FakeLeaseStore store) : ILeaseStore
    {
        /// <summary>The scheduler gets no answers any more.</summary>
        public bool IsCut { get; set; }

        /// <summary>The scheduler gets exceptions.</summary>
        public bool IsBroken { get; set; }

        public Task<LeaderTerm?> TryAcquireAsync(
            string name,
            string holder,
            DateTimeOffset now,
            TimeSpan duration,
            CancellationToken cancellationToken
        ) =>
            AnswerAsync<LeaderTerm?>(
                () =>
                {
                    if (now < store._until)
                    {
                        return null;
                    }

                    store._until = now + duration;
                    store.Name = name;
                    return new LeaderTerm(name, ++store.Term);
                },
                cancellationToken
            );

        public Task<bool> RenewAsync(LeaderTerm term, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken) =>
            AnswerAsync(
                () =>
                {
                    var isHeld = term.Term == store.Term;
                    store._until = isHeld ? now + duration : store._until;
                    return isHeld;
                },
                cancellationToken
            );

        public Task ReleaseAsync(LeaderTerm term, CancellationToken cancellationToken) =>
            AnswerAsync(
                () =>
                {
                    store._until = term.Term == store.Term ? DateTimeOffset.MinValue : store._until;
                    return true;
                },
                cancellationToken
            );

        private Task<T> AnswerAsync<T>(Func<T> answer, CancellationToken cancellationToken)
        {
            if (IsCut)
            {
                return new TaskCompletionSource<T>().Task.WaitAsync(cancellationToken);
            }

            if (IsBroken)
            {
                return Task.FromException<T>(new IOException("The database is away."));
            }

            lock (store._lock)
            {
                return Task.FromResult(answer());
            }
        }
    }
}
