using System.Diagnostics.CodeAnalysis;

namespace InferenceBroker.Domain.Jobs;

/// <summary>A job's id: a version 7 UUID, so that ids sort by creation. Written <c>job_</c> and 32 hexadecimal digits.</summary>
public readonly record struct JobId(Guid Value) : IComparable<JobId>
{
    private const string Prefix = "job_";

    public static JobId Create(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        id = default;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        if (!Guid.TryParseExact(text.AsSpan(Prefix.Length), "N", out var value))
        {
            return false;
        }

        id = new JobId(value);
        return true;
    }

    public int CompareTo(JobId other) => Value.CompareTo(other.Value);

    public static bool operator <(JobId left, JobId right) => left.CompareTo(right) < 0;

    public static bool operator >(JobId left, JobId right) => left.CompareTo(right) > 0;

    public static bool operator <=(JobId left, JobId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(JobId left, JobId right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(null, stackalloc char[36], $"{Prefix}{Value:N}");
}
