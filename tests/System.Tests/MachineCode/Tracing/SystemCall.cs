using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

/// <summary>The kernel's <c>ptrace_syscall_info</c>, as far as it is needed.</summary>
/// <remarks>
/// <code>
/// 0    1         4      8                     16              24       32              88
/// | op | padding | arch | instruction pointer | stack pointer | number | arguments ... |
/// </code>
/// The number is there at the entry only.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal readonly struct SystemCall
{
    private const byte Entry = 1;

    [FieldOffset(0)] private readonly byte _operation;
    [FieldOffset(24)] private readonly ulong _number;

    /// <summary>Whether a signal's handler is about to go back to where the signal came.</summary>
    public bool IsReturnFromHandler => _operation == Entry && _number == ReturnFromHandler;

    /// <summary>The number of <c>rt_sigreturn</c>.</summary>
    private static ulong ReturnFromHandler => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 15UL : 139UL;
}
