namespace InferenceBroker.Standalone.CommandLine;

/// <summary>What the process tells the shell. Scripts depend on the numbers.</summary>
internal static class ExitCodes
{
    /// <summary>Every valid line was answered, or the server was stopped in good order.</summary>
    public const int Success = 0;

    /// <summary>Some valid line has no answer.</summary>
    public const int Incomplete = 1;

    /// <summary>The command line, a file or the configuration is wrong: nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C or SIGTERM before the end.</summary>
    public const int Interrupted = 130;
}
