namespace EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

/// <summary>A test that steps through machine code, skipped where that cannot be done, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PtraceFactAttribute : FactAttribute
{
    public PtraceFactAttribute() => Skip = PtraceSupport.WhyNot;
}
