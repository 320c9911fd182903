namespace EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

/// <summary>What <c>waitpid</c> tells about a traced thread.</summary>
/// <remarks>
/// <code>
/// 31        16 15        8 7          0
/// | event     | signal    | 0x7f       |   stopped
/// | 0         | exit code | 0 or signal|   ended
/// </code>
/// </remarks>
internal readonly record struct WaitStatus(int Bits)
{
    private const int SIGTRAP = 5;
    private const int StoppedMark = 0x7f;
    private const int SystemCallMark = 0x80;

    public bool IsStopped => (Bits & 0xff) == StoppedMark;

    /// <summary>An instruction is done.</summary>
    public bool IsStep => IsStopped && Signal == SIGTRAP && Event == 0;

    /// <summary>It enters or leaves the kernel.</summary>
    public bool IsSystemCall => IsStopped && Signal == (SIGTRAP | SystemCallMark);

    /// <summary>The signal that is to be delivered, if the tracer lets it; 0 where it stopped for another reason.</summary>
    public int PendingSignal => IsStopped && Event == 0 && (Signal & ~SystemCallMark) != SIGTRAP ? Signal : 0;

    private int Signal => (Bits >> 8) & 0xff;

    private int Event => Bits >> 16;

    public override string ToString() => IsStopped ? $"stopped by signal {Signal}, event {Event}" : $"ended with status {Bits:x}";
}
