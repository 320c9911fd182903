using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Harness.Processes;

/// <summary>Signals that .NET cannot send: it knows only SIGKILL. Linux alone has them here.</summary>
internal static class ProcessSignal
{
    private const int Sigterm = 15;
    private const int Sigcont = 18;
    private const int Sigstop = 19;

    /// <summary>Whether processes can be stopped and asked to end.</summary>
    public static bool Supported => OperatingSystem.IsLinux();

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int process) => _ = Send(process, Sigterm);

    /// <summary>Stops a process where it is. It has stopped a moment later.</summary>
    public static void Stop(int process) => _ = Send(process, Sigstop);

    /// <summary>Lets a stopped process go on.</summary>
    public static void Continue(int process) => _ = Send(process, Sigcont);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
}
