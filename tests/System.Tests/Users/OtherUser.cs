using System.ComponentModel;
using System.Diagnostics;

namespace EtsPersist.Mmf.System.Tests.Users;

/// <summary>A user whom no other program of this machine knows, and the groups that its processes are in.</summary>
internal sealed record OtherUser(uint Id, params uint[] Groups)
{
    /// <summary>The group that an instance is opened to.</summary>
    public const uint Group = 23_100;

    /// <summary>Whose instance it is.</summary>
    public static OtherUser Owner { get; } = new(23_001, Group);

    /// <summary>One that is in the group, beside its own.</summary>
    public static OtherUser Member { get; } = new(23_002, 23_002, Group);

    /// <summary>One that is not in the group.</summary>
    public static OtherUser Outsider { get; } = new(23_003, 23_003);

    /// <summary>How a program is started as this user. It keeps the process.</summary>
    public ProcessStartInfo Start(params string[] command) =>
        new("setpriv", [$"--reuid={Id}", $"--regid={Groups[0]}", $"--groups={string.Join(',', Groups)}", "--", .. command]);

    /// <summary>Why processes cannot be run as this user; null if they can.</summary>
    public string? WhyNot()
    {
        try
        {
            var start = Start("true");
            start.RedirectStandardError = true;
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"needs 'setpriv --reuid': {error.Trim()}";
        }
        catch (Win32Exception)
        {
            return "needs the program setpriv (package util-linux)";
        }
    }
}
