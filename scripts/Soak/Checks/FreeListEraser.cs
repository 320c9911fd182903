using System.Buffers.Binary;

namespace EtsPersist.Mmf.Soak;

/// <summary>Makes blocks leak: erases a list of free blocks in a file that nobody writes. Offsets: docs/file-format.md.</summary>
internal static class FreeListEraser
{
    private const int JournalsStart = 64 << 10;
    private const int JournalBytes = 2048;
    private const int Journals = 16 * 16;
    private const int FreeListsStart = 128;
    private const int FreeLists = 80;

    /// <summary>Erases the first list that is not empty.</summary>
    public static void EraseOne(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var lists = new byte[FreeLists * sizeof(ulong)];
        for (var journal = 0; journal < Journals; journal++)
        {
            var start = JournalsStart + ((long)journal * JournalBytes) + FreeListsStart;
            RandomAccess.Read(file, lists, start);
            for (var list = 0; list < FreeLists; list++)
            {
                if (BinaryPrimitives.ReadUInt64LittleEndian(lists.AsSpan(list * sizeof(ulong))) == 0) continue;
                RandomAccess.Write(file, new byte[sizeof(ulong)], start + (list * sizeof(ulong)));
                return;
            }
        }
    }
}
