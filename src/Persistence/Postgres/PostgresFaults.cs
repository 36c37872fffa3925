using InferenceBroker.Persistence.Commit;
using Npgsql;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>Tells a server that is away or busy from a statement that is wrong.</summary>
internal sealed class PostgresFaults : ITransientFaults
{
    private static readonly HashSet<string> TransientStates =
    [
        PostgresErrorCodes.AdminShutdown,
        PostgresErrorCodes.CrashShutdown,
        PostgresErrorCodes.CannotConnectNow,
        PostgresErrorCodes.ReadOnlySqlTransaction, // a former primary, while its successor takes over
    ];

    bool ITransientFaults.IsTransient(Exception exception) => IsTransient(exception);

    public static bool IsTransient(Exception exception) =>
        exception switch
        {
            PostgresException fault => fault.IsTransient || TransientStates.Contains(fault.SqlState),
            NpgsqlException fault => fault.IsTransient
                || fault.InnerException is IOException or System.Net.Sockets.SocketException or TimeoutException,
            _ => false,
        };
}
