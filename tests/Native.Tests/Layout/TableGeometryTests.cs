using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class TableGeometryTests
{
    [Fact]
    public void The_map_has_its_numbers()
    {
        Assert.Equal(8192, TableGeometry.HeaderBytes);
        Assert.Equal(8192, TableGeometry.SlotsStart);
        Assert.Equal((240, 128), (TableGeometry.SlotCount, TableGeometry.SlotBytes));
        Assert.Equal(65536, TableGeometry.JournalsStart);
        Assert.Equal((16, 2048, 32768), (TableGeometry.JournalsPerSlot, TableGeometry.JournalBytes, TableGeometry.SlotJournalBytes));
        Assert.Equal(8388608, TableGeometry.IndexStart);
        Assert.Equal((64, 128, 6, 8192), (TableGeometry.BucketBytes, TableGeometry.EntryBucketBytes, TableGeometry.InitialLevel, TableGeometry.InitialIndexBytes));
        Assert.Equal((16777216, 1099511627776), (TableGeometry.MinimumCapacity, TableGeometry.MaximumCapacity));
        Assert.Equal((32768, 16777216), (TableGeometry.MaximumKeyBytes, TableGeometry.MaximumValueBytes));
        Assert.Equal((1500, 100), (TableGeometry.MaximumSchemaBytes, TableGeometry.MaximumNameBytes));
    }

    [Theory]
    [InlineData(TableGeometry.MinimumCapacity, 10485760)]
    [InlineData(TableFileOptions.DefaultMaximumBytes, 8598323200)]
    [InlineData(TableGeometry.MaximumCapacity, 137447342080)]
    [InlineData((16L << 20) + 4096, 10485760)]
    public void Regions_follow_each_other_without_overlap(long capacity, long slabsStart)
    {
        Assert.Equal(slabsStart, TableGeometry.SlabsStart(capacity));
        long[] ends =
        [
            0, TableGeometry.HeaderBytes, TableGeometry.SlotsStart + (TableGeometry.SlotCount * TableGeometry.SlotBytes), TableGeometry.JournalsStart,
            TableGeometry.JournalsOf(TableGeometry.SlotCount), TableGeometry.IndexStart, slabsStart, capacity,
        ];
        Assert.Equal(ends.Order(), ends);
        Assert.Equal(0, slabsStart % TableGeometry.PageBytes);
        foreach (var bucketBytes in new[] { TableGeometry.BucketBytes, TableGeometry.EntryBucketBytes })
        {
            Assert.Equal((ulong)(slabsStart - TableGeometry.IndexStart), TableGeometry.MaximumBuckets(capacity, bucketBytes) * (ulong)bucketBytes);
            Assert.True(TableGeometry.MaximumBuckets(capacity, bucketBytes) > 1UL << TableGeometry.InitialLevel);
        }
    }

    [Fact]
    public void The_journals_of_a_slot_follow_those_of_the_slot_before()
    {
        Assert.Equal(65536, TableGeometry.JournalsOf(0));
        Assert.Equal(98304, TableGeometry.JournalsOf(1));
        Assert.Equal(65536 + (239 * 32768), TableGeometry.JournalsOf(239));
    }

    [Fact]
    public void The_fingerprint_is_the_one_of_this_format()
    {
        // Another number here means that files of earlier versions are refused. That is right only together with a new format number.
        Assert.Equal(0xBC1D_EF89_C4AF_EC82UL, TableGeometry.Fingerprint());
    }

    [Fact]
    public void The_largest_offset_fits_into_every_word_that_names_one()
    {
        var last = TableGeometry.MaximumCapacity - 16;
        Assert.Equal(last, BlockList.Of(last, 1).First);
        Assert.Equal(last, BlockName.Of(last, SizeClasses.Count - 1).Offset);
        Assert.Equal(last, Reference.ToRecord(last, 0).Offset);
    }
}
