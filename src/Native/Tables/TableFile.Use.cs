using System.Diagnostics;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native;

/// <content>
/// Whether the disk has all of the table, for the next boot of the machine.
/// </content>
/// <remarks>
/// Protocol. Whoever has the file open for writing shares the lock of its use byte, from before its first store to behind its last one. It finds the word
/// known to the disk, or makes it so: beginning, flush, in use; and stores nothing else before. Who closes gives up its share, and if it then gets the byte
/// for itself, nobody can store: flush, clean, flush. A clean word on the disk therefore means that the disk has all else as it is in memory. Of several
/// who close, the last to ask gets the byte, or fails because of one that is still to come through. A kill leaves the word in use, for ever if nobody opens
/// and closes the file again in this boot; power loss leaves what the disk knew, and the next boot refuses the file unless that is clean.
/// </remarks>
public sealed unsafe partial class TableFile
{
    private static readonly TimeSpan UsePause = TimeSpan.FromMilliseconds(1);

    /// <summary>Whether the file on the disk would be the whole table if the machine went down now: nobody has it open for writing, and the last one closed it in order.</summary>
    public bool IsClean
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var word = new UseWord(ProcessMemory.Read(&_space.Header->Use));
            GC.KeepAlive(this);
            return word.IsClean;
        }
    }

    private long UseByte => TableGeometry.UseByte(_space.Capacity);

    /// <summary>Blocking: while another one that has just closed the file stores that it is clean.</summary>
    private void BeginUse()
    {
        var begun = Stopwatch.GetTimestamp();
        while (!ByteLock.TryShare(_file, Path, UseByte))
        {
            if (Stopwatch.GetElapsedTime(begun) > WriterPatience)
                throw new TableBusyException($"Table file '{Path}': a process that closes it has written it to the disk for {WriterPatience.TotalSeconds:F0} s. Let it go on (SIGCONT, debugger) or kill it.");
            Thread.Sleep(UsePause);
        }
        var use = &_space.Header->Use;
        if (new UseWord(ProcessMemory.Read(use)).IsKnownToDisk)
            return;
        ProcessMemory.Write(use, UseWord.BeginningIn(BootIdentity.Current).Bits);
        Flush();
        ProcessMemory.Write(use, UseWord.InUseIn(BootIdentity.Current).Bits);
    }

    /// <summary>Blocking: the one who closes last waits for the disk, where the file is on one.</summary>
    private void EndUse()
    {
        ByteLock.Unlock(_file, Path, UseByte);
        if (ReadAccess().IsDropped || !IsAlone())
            return;
        Flush(); // the long one, during which others may come
        if (!ByteLock.TryLock(_file, Path, UseByte))
            return;
        try
        {
            Flush();
            ProcessMemory.Write(&_space.Header->Use, 0);
            Flush();
        }
        finally
        {
            ByteLock.Unlock(_file, Path, UseByte); // closing the file is not enough: its mapping keeps it open
        }
    }

    private bool IsAlone()
    {
        if (!ByteLock.TryLock(_file, Path, UseByte))
            return false;
        ByteLock.Unlock(_file, Path, UseByte);
        return true;
    }

    private void Flush()
    {
        try
        {
            _storage.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SystemCallException($"Table file '{Path}' cannot be written to its disk: {error.Message}", error);
        }
    }
}
