namespace EtsPersist.Mmf.Tests;

/// <summary>Tests of what only Linux has, left out elsewhere with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    /// <param name="what">What they need.</param>
    public LinuxTheoryAttribute(string what) => Skip = OperatingSystem.IsLinux() ? null : $"needs Linux: {what}";
}
