using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

public sealed unsafe class MappedFileTests : IDisposable
{
    private const long Capacity = 1L << 30;
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public MappedFileTests()
    {
        _path = _folder["a.ets"];
        using var file = TableFileHandle.CreateNew(_path);
        TableFileHandle.SetLength(file, _path, Capacity);
        TableFileHandle.Reserve(file, _path, 0, 1 << 20);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_one_mapping_stores_another_one_reads()
    {
        var writer = Map(writable: true);
        var reader = Map(writable: false);
        Volatile.Write(ref *(long*)(writer.Base + 4096), 42);
        Assert.Equal(42, Volatile.Read(ref *(long*)(reader.Base + 4096)));
        Assert.Equal((Capacity, true, false), (reader.Capacity, writer.Writable, reader.Writable));
        GC.KeepAlive(writer);
        GC.KeepAlive(reader);
    }

    [Fact]
    public void Mapping_for_reading_changes_neither_length_nor_space()
    {
        var before = (new FileInfo(_path).Length, Commands.AllocatedBytes(_path));
        var reader = Map(writable: false);
        Assert.Equal(0, *reader.Base);
        Assert.Equal(before, (new FileInfo(_path).Length, Commands.AllocatedBytes(_path)));
        GC.KeepAlive(reader);
    }

    [LinuxFact("what /proc says of mappings")]
    public void The_memory_stays_while_the_mapping_is_reachable_and_goes_when_it_is_not()
    {
        var mapping = Map(writable: true);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(0, *mapping.Base);
        Assert.Equal(1, MappingsOfFile());
        GC.KeepAlive(mapping);

        mapping = null;
        MapAndForget(10);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.InRange(MappingsOfFile(), 0, 1); // an unoptimised method may keep its own variable
    }

    [Fact]
    public void A_file_that_is_shorter_than_its_capacity_is_refused_and_not_lengthened()
    {
        using var file = TableFileHandle.Open(_path, writable: true);
        Assert.Throws<CorruptTableException>(() => MappedFile.Map(file, _path, Capacity + 1, writable: true));
        Assert.Equal(Capacity, TableFileHandle.GetLength(file));
    }

    [Fact]
    public void Lack_of_address_space_names_the_limit_and_the_remedy()
    {
        const long TooMuch = 1L << 47; // all that x64 and arm64 give a process
        using var file = TableFileHandle.Open(_path, writable: true);
        try
        {
            TableFileHandle.SetLength(file, _path, TooMuch);
        }
        catch (TableFullException)
        {
            return; // the file system is too small to get there
        }

        var error = Assert.Throws<AddressSpaceException>(() => MappedFile.Map(file, _path, TooMuch, writable: true));
        if (OperatingSystem.IsLinux())
            Assert.Contains("RLIMIT_AS", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaximumBytes", error.Message, StringComparison.Ordinal);
    }

    private MappedFile Map(bool writable)
    {
        using var file = TableFileHandle.Open(_path, writable);
        return MappedFile.Map(file, _path, Capacity, writable);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MapAndForget(int times)
    {
        for (var i = 0; i < times; i++)
            Assert.Equal(0, *Map(writable: true).Base);
    }

    private int MappingsOfFile() => File.ReadLines("/proc/self/maps").Count(line => line.EndsWith(_path, StringComparison.Ordinal));
}
