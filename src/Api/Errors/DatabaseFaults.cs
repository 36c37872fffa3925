using System.Data.Common;

namespace InferenceBroker.Api.Errors;

/// <summary>The one predicate for "the database is away", as opposed to a bug.</summary>
internal static class DatabaseFaults
{
    public static bool Is(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is DbException or TimeoutException)
            {
                return true;
            }
        }

        return false;
    }
}
