using System.ComponentModel;
using System.Diagnostics;

namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>The program <c>unshare</c>, which gives a process namespaces of its own where the system permits it.</summary>
internal static class Unshare
{
    /// <summary>Why it does not do something here; null if it does.</summary>
    public static string? WhyNot(params string[] arguments)
    {
        try
        {
            using var unshare = Process.Start(new ProcessStartInfo("unshare", arguments) { RedirectStandardError = true })!;
            var error = unshare.StandardError.ReadToEnd();
            unshare.WaitForExit();
            return unshare.ExitCode == 0 ? null : $"needs 'unshare {string.Join(' ', arguments)}': {error.Trim()}";
        }
        catch (Win32Exception)
        {
            return "needs the program unshare (package util-linux)";
        }
    }
}
