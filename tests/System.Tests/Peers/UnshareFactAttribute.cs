using System.ComponentModel;
using System.Diagnostics;

namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>A test that mounts a small file system for itself, with <c>unshare -rm</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnshareFactAttribute : LinuxFactAttribute
{
    private static readonly Lazy<string?> WhyNot = new(FindWhyNot);

    public UnshareFactAttribute() => Skip ??= WhyNot.Value;

    private static string? FindWhyNot()
    {
        try
        {
            var start = new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]) { RedirectStandardError = true };
            using var unshare = Process.Start(start)!;
            var error = unshare.StandardError.ReadToEnd();
            unshare.WaitForExit();
            return unshare.ExitCode == 0 ? null : $"needs 'unshare -rm' with mount: {error.Trim()}";
        }
        catch (Win32Exception)
        {
            return "needs the program unshare (package util-linux)";
        }
    }
}
