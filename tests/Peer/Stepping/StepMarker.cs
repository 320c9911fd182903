using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Peer.Stepping;

/// <summary>
/// Tells whoever traces this thread where an operation begins and where it ends, by a signal that means nothing to anybody else.
/// </summary>
internal static class StepMarker
{
    /// <summary>SIGURG: ignored where nobody traces.</summary>
    public const int Signal = 23;

    /// <summary>The kernel's name for the current thread.</summary>
    public static int CurrentThread => GetThreadId();

    public static void Raise() => _ = Raise(Signal);

    [DllImport("libc", EntryPoint = "gettid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetThreadId();

    [DllImport("libc", EntryPoint = "raise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Raise(int signal);
}
