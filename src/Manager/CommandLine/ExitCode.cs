namespace EtsPersist.Mmf.Manager.CommandLine;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>It was understood and could not be done; the message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Another manager runs for the instance.</summary>
    public const int Busy = 5;

    /// <summary>A defect of the program.</summary>
    public const int Defect = 70;
}
