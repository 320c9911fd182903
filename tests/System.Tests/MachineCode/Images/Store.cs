namespace EtsPersist.Mmf.System.Tests.MachineCode.Images;

/// <summary>What one instruction has changed in a table file.</summary>
/// <param name="Instruction">The number of the instruction in its operation.</param>
/// <param name="Offset">Where the first changed word lies.</param>
/// <param name="Bytes">The words as they are now, from the first changed one to the last.</param>
internal sealed record Store(int Instruction, long Offset, byte[] Bytes)
{
    public override string ToString() => $"instruction {Instruction}, which stored {Bytes.Length} bytes at 0x{Offset:x}";
}
