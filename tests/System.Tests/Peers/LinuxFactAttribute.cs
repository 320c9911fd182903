namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>A test of what only Linux has: SIGSTOP, resource limits, /proc.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "needs Linux";
    }
}
