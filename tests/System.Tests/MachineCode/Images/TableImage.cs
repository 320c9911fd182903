using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Images;

/// <summary>The used bytes of a table file at one moment: what lies below the watermarks.</summary>
internal sealed class TableImage
{
    private readonly long _capacity;
    private readonly ImageRegion[] _regions;

    /// <summary>The image of a file of which nothing has been read yet but its header.</summary>
    public TableImage(byte[] header)
    {
        _capacity = WordOf(header, nameof(TableHeader.Capacity));
        _regions =
        [
            new("header, slots, journals", 0, FieldOf(nameof(TableHeader.JournalsReserved)), header),
            new("index", TableGeometry.IndexStart, FieldOf(nameof(TableHeader.IndexReserved)), []),
            new("slabs", TableGeometry.SlabsStart(_capacity), FieldOf(nameof(TableHeader.SlabsReserved)), []),
        ];
        FollowWatermarks();
    }

    private TableImage(TableImage other)
    {
        _capacity = other._capacity;
        _regions = Array.ConvertAll(other._regions, region => region.CopyUpTo(region.Start + region.Bytes.Length));
    }

    public IReadOnlyList<ImageRegion> Regions => _regions;

    public TableImage Copy() => new(this);

    /// <summary>The region of an offset.</summary>
    public ImageRegion RegionOf(long offset) => _regions.Single(region => region.Contains(offset));

    /// <summary>The bytes change as a store has changed them in the file.</summary>
    public void Apply(Store store)
    {
        var region = RegionOf(store.Offset);
        store.Bytes.CopyTo(region.Bytes, store.Offset - region.Start);
        FollowWatermarks();
    }

    /// <summary>Makes a sparse file of these bytes, as large as the table's, in place of any other.</summary>
    public void WriteTo(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.SetLength(file, _capacity);
        foreach (var region in _regions)
            RandomAccess.Write(file, region.Bytes, region.Start);
    }

    /// <summary>Bytes that come below a watermark are zeros; whatever else is found there has been stored too early.</summary>
    private void FollowWatermarks()
    {
        for (var i = 0; i < _regions.Length; i++)
        {
            var end = BinaryPrimitives.ReadInt64LittleEndian(_regions[0].Bytes.AsSpan(_regions[i].Watermark));
            if (end > _regions[i].Start + _regions[i].Bytes.Length)
                _regions[i] = _regions[i].CopyUpTo(end);
        }
    }

    private static int FieldOf(string name) => (int)Marshal.OffsetOf<TableHeader>(name);

    private static long WordOf(byte[] header, string name) => BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(FieldOf(name)));
}
