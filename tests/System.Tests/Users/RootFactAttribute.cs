using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.System.Tests.Users;

/// <summary>A test that runs processes as other users, which root may: with <c>setpriv</c> (package util-linux).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : LinuxFactAttribute
{
    private static readonly Lazy<string?> WhyNot = new(FindWhyNot);

    public RootFactAttribute() : base("users and groups") => Skip ??= WhyNot.Value;

    private static string? FindWhyNot()
    {
        if (OperatingSystem.IsLinux() && PathOwner.CurrentUserId != 0) return "needs to be run by root, who may run processes as other users";
        return OtherUser.Outsider.WhyNot();
    }
}
