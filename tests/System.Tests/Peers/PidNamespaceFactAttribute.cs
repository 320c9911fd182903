namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>A test that runs processes in PID namespaces of their own, with <c>unshare -rp --fork</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PidNamespaceFactAttribute : LinuxFactAttribute
{
    private static readonly Lazy<string?> WhyNot = new(() => Unshare.WhyNot("-rp", "--fork", "true"));

    public PidNamespaceFactAttribute() : base("PID namespaces") => Skip ??= WhyNot.Value;
}
