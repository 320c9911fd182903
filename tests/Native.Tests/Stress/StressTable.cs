using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Operations;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Stress;

/// <summary>Two rows whose records take turns in the same blocks. A value is one byte over and over, even for the one row and odd for the other.</summary>
internal sealed unsafe class StressTable : IDisposable
{
    private const int ValueBytes = 1500;

    private readonly HeapStorage _storage = new(TableGeometry.MinimumCapacity);
    private readonly TableContext _context;
    private readonly byte[][] _keys = ["the even row"u8.ToArray(), "the odd row"u8.ToArray()];

    public StressTable(bool isOrdered)
    {
        TableFormatter.Decide<ProcessMemory>(Space, isOrdered ? RowFormat.Ordered : RowFormat.Records);
        _context = new TableContext(Space, new SimulatedKernel().NewProcess(), "stress");
        Participants<ProcessMemory>.Attach(_context, 1, 1);
        Write<ProcessMemory>(0);
        Write<ProcessMemory>(1);
    }

    private TableSpace Space => _storage.Space;

    /// <summary>Replaces one row, whose old block the other one takes next.</summary>
    public void Write<TMemory>(int number) where TMemory : struct, ISharedMemory
    {
        var value = new byte[ValueBytes];
        value.AsSpan().Fill((byte)number);
        var key = _keys[number % 2];
        var writer = new Writer(_context, _context.FirstJournal);
        var operation = new StoreOperation(value, onlyIfNew: false);
        _ = Space.IsOrdered
            ? TreeWriter<TMemory>.Apply(writer, key, ref operation)
            : HashWriter<TMemory>.Apply(writer, HashOf(key), key, ref operation);
    }

    /// <summary>Reads a row. False: what comes back is no value of it.</summary>
    public bool TryRead<TMemory>(int row, byte[] destination) where TMemory : struct, ISharedMemory
    {
        try
        {
            int length;
            var status = Space.IsOrdered
                ? TreeReader<TMemory>.Read(Space, _keys[row], destination, out length)
                : HashReader<TMemory>.Read(Space, HashOf(_keys[row]), _keys[row], destination, out length);
            return status == ReadStatus.Found && length == ValueBytes && destination[0] % 2 == row
                && destination.AsSpan(0, length).IndexOfAnyExcept(destination[0]) < 0;
        }
        catch (CorruptTableException)
        {
            return false;
        }
    }

    public void Dispose() => _storage.Dispose();

    private ulong HashOf(byte[] key) => KeyHash.Of(key, Space.Header->HashSeed0, Space.Header->HashSeed1);
}
