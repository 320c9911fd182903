using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Operations;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>
/// Opens a mapped table again and again, each time with another word changed, reads all of it, and writes to it, which recovers its dead writers.
/// An access violation ends this process: the number of the change is in a shared counter by then.
/// </summary>
/// <remarks>
/// <c>--image</c>: the parts of the file that are not empty, each as offset, length and bytes. <c>--changes</c>: pairs of offset and value.
/// Says <c>untyped number error</c> for what is no <see cref="EtsException"/>, <c>slow number milliseconds</c>, and at last <c>done typed same differing</c>.
/// </remarks>
internal sealed class DamageCommand : IPeerCommand
{
    private const int ChangesBetweenCollections = 200;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(10);

    private readonly List<(long Offset, byte[] Bytes)> _image = [];
    private long _length;
    private bool _isTyped;

    public string Name => "damage";

    public void Run(PeerArguments arguments, PeerConsole console)
    {
        ReadImage(arguments.Text("image"));
        var path = arguments.Text("file");
        using var counters = SharedCounters.Open(arguments.Text("counters"));
        using var changes = new BinaryReader(File.OpenRead(arguments.Text("changes")));
        Restore(path);
        var sound = ReadAll(path);
        var (typed, same, differing) = (0, 0, 0);
        for (var number = 0; changes.BaseStream.Position < changes.BaseStream.Length; number++)
        {
            var (offset, value) = (changes.ReadInt64(), changes.ReadInt64());
            counters[0] = number;
            var since = MonotonicTime();
            _isTyped = false;
            Restore(path, offset, value);
            List<string>? rows = null;
            Try(console, number, () => rows = ReadAll(path));
            Try(console, number, () => TableVerifier.Verify(path));
            Try(console, number, () => WriteAll(path, sound));
            if (MonotonicTime() - since > Slow)
                console.Say($"slow {number} {(MonotonicTime() - since).TotalMilliseconds}");
            if (_isTyped)
                typed++;
            else if (rows is not null && rows.SequenceEqual(sound))
                same++;
            else
                differing++;
            if (number % ChangesBetweenCollections == 0)
                GC.Collect(); // mappings go with their finalizers
        }
        console.Say($"done {typed} {same} {differing}");
    }

    private static TimeSpan MonotonicTime() => TimeSpan.FromMilliseconds(Environment.TickCount64);

    private void Try(PeerConsole console, int number, Action step)
    {
        try
        {
            step();
        }
        catch (EtsException)
        {
            _isTyped = true;
        }
        catch (Exception error)
        {
            console.Say($"untyped {number} {error.ToString().ReplaceLineEndings(" | ")}");
        }
    }

    private static List<string> ReadAll(string path)
    {
        using var table = TableFile.Open(path, writable: false);
        var rows = new List<string>();
        var page = new ScanPage();
        var value = new byte[64];
        var cursor = 0UL;
        bool more;
        do
        {
            more = table.Scan(ref cursor, page);
            for (var row = 0; row < page.Count; row++)
            {
                table.Read(page.Key(row), value, out _);
                rows.Add($"{Convert.ToHexString(page.Key(row))}={Convert.ToHexString(page.Value(row))}");
            }
        }
        while (more);
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    /// <summary>Each operation may end in a typed error, and the next goes on.</summary>
    private void WriteAll(string path, List<string> sound)
    {
        using var table = TableFile.Open(path, writable: true);
        table.WriterPatience = TimeSpan.FromMilliseconds(1);
        Typed(() => table.RecoverDead());
        var keys = sound.ConvertAll(row => Convert.FromHexString(row.AsSpan(0, row.IndexOf('=', StringComparison.Ordinal))));
        for (var row = 0; row < keys.Count; row++)
        {
            var key = keys[row];
            if (row % 3 == 0)
                Typed(() => table.Insert(key, BitConverter.GetBytes(7L)));
            else if (row % 3 == 1)
                Typed(() => table.Delete(key));
        }
        for (var row = 0L; row < 8; row++)
        {
            var key = BitConverter.GetBytes(row);
            Typed(() => table.Insert(key, key));
        }
        Typed(() => table.UpdateCounter(BitConverter.GetBytes(1000L), 1, 0, new CounterFormat(sizeof(long), IsSigned: true)));
        Typed(() => table.Commit(Batch(keys)));
        Typed(() => table.Verify());
    }

    private static BatchPlan Batch(List<byte[]> keys)
    {
        var plan = new BatchPlan();
        for (var row = 100L; row < 106; row++)
            plan.Insert(BitConverter.GetBytes(row), BitConverter.GetBytes(row));
        foreach (var key in keys.Where((_, row) => row % 9 == 2))
            plan.Delete(key);
        return plan;
    }

    private void Typed(Action operation)
    {
        try
        {
            operation();
        }
        catch (EtsException)
        {
            _isTyped = true;
        }
    }

    private void ReadImage(string path)
    {
        using var image = new BinaryReader(File.OpenRead(path));
        _length = image.ReadInt64();
        while (image.BaseStream.Position < image.BaseStream.Length)
            _image.Add((image.ReadInt64(), image.ReadBytes(image.ReadInt32())));
    }

    private void Restore(string path, long changed = -1, long value = 0)
    {
        TableFileRemoval.Delete(path);
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.SetLength(file, _length);
        foreach (var (offset, bytes) in _image)
            RandomAccess.Write(file, bytes, offset);
        if (changed >= 0)
            RandomAccess.Write(file, BitConverter.GetBytes(value), changed);
    }
}
