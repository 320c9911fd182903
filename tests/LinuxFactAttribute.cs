namespace EtsPersist.Mmf.Tests;

/// <summary>A test of what only Linux has, left out elsewhere with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class LinuxFactAttribute : FactAttribute
{
    /// <param name="what">What it needs.</param>
    public LinuxFactAttribute(string what) => Skip = OperatingSystem.IsLinux() ? null : $"needs Linux: {what}";
}
