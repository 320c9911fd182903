using EtsPersist.Mmf.Manager.Operating;

namespace EtsPersist.Mmf.Manager.CommandLine;

/// <summary>What the program tells its caller. The numbers are documented in <c>docs/command-line.md</c> and never change.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>It was understood and could not be done; the message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The table, the row or the worker is not there.</summary>
    public const int NotFound = 3;

    /// <summary>No manager runs for the instance, or it does not answer, and the command needs one.</summary>
    public const int NoManager = 4;

    /// <summary>Another manager runs for the instance.</summary>
    public const int Busy = 5;

    /// <summary>What was looked at is not as it should be; the output says where.</summary>
    public const int Unsound = 6;

    /// <summary>A defect of the program.</summary>
    public const int Defect = 70;

    /// <summary>The code that an error ends the program with.</summary>
    public static int Of(Exception failure) => failure switch
    {
        UsageException or ConfigurationException or InvalidNameException or KeyTextException => Usage,
        TableNotFoundException or RowNotFoundException or WorkerNotFoundException => NotFound,
        ManagerNotRunningException => NoManager,
        ManagerRunningException => Busy,
        CorruptTableException or TableFormatException or EtsFileFormatException => Unsound,
        EtsException or IOException or UnauthorizedAccessException => Failed,
        _ => Defect,
    };
}
