namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>A test that mounts a small file system for itself, with <c>unshare -rm</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnshareFactAttribute : LinuxFactAttribute
{
    private static readonly Lazy<string?> WhyNot = new(() => Unshare.WhyNot("-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"));

    public UnshareFactAttribute() : base("namespaces for mounts") => Skip ??= WhyNot.Value;
}
