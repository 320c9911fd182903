using System.Globalization;
using System.IO.MemoryMappedFiles;

namespace EtsPersist.Mmf.Peer.Stepping;

/// <summary>Stores words into the test's table in the order that the test says, past the library: the right one, or a wrong one.</summary>
internal static class PlayedBackStores
{
    public static PreparedOperation Prepare(SteppingGround ground)
    {
        ground.CopyFromTest();
        var stores = Array.ConvertAll(ground.StoresFromTest(), Parse);
        using var file = MemoryMappedFile.CreateFromFile(ground.Path, FileMode.Open);
        var view = file.CreateViewAccessor(); // keeps the mapping
        return new PreparedOperation(() => Play(view, stores), view.Dispose);
    }

    private static void Play(MemoryMappedViewAccessor view, (long Offset, ulong Word)[] stores)
    {
        foreach (var (offset, word) in stores)
            view.Write(offset, word);
    }

    private static (long Offset, ulong Word) Parse(string line)
    {
        var parts = line.Split(' ');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), ulong.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
