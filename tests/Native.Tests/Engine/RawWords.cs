using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Words of a table's file, written past everything that keeps them: what another process has left at a chosen moment.</summary>
internal sealed class RawWords(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>The access word.</summary>
    public ulong Access
    {
        set => Write(384, value);
    }

    /// <summary>Says that a thread of a slot's process is in the middle of a write, or no longer.</summary>
    public void SetLease(ParticipantInfo holder, bool taken) =>
        Write(TableGeometry.JournalsOf(holder.Slot) + 1472, ((ulong)holder.Incarnation << 32) | (taken ? 1001UL : 1002UL));

    public void Dispose() => _file.Dispose();

    private void Write(long offset, ulong value) => RandomAccess.Write(_file.SafeFileHandle, BitConverter.GetBytes(value), offset);
}
