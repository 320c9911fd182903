using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class SizeClassesTests
{
    [Fact]
    public void Classes_have_their_sizes()
    {
        int[] first = [32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640];
        Assert.Equal(first, Enumerable.Range(0, first.Length).Select(SizeClasses.SizeOf));
        int[] last = [10 << 20, 12 << 20, 14 << 20, 16 << 20, 20 << 20];
        Assert.Equal(last, Enumerable.Range(71, last.Length).Select(SizeClasses.SizeOf));
        Assert.Equal(76, SizeClasses.Count);
    }

    [Fact]
    public void An_overflow_bucket_is_a_block_of_its_class()
    {
        Assert.Equal(2, SizeClasses.Bucket);
        Assert.Equal(TableGeometry.BucketBytes, SizeClasses.SizeOf(SizeClasses.Bucket));
        Assert.Equal(6, SizeClasses.EntryBucket);
        Assert.Equal(TableGeometry.EntryBucketBytes, SizeClasses.SizeOf(SizeClasses.EntryBucket));
    }

    [Fact]
    public void The_class_of_a_size_is_the_smallest_that_holds_it()
    {
        for (var sizeClass = 0; sizeClass < SizeClasses.Count; sizeClass++)
        {
            var size = SizeClasses.SizeOf(sizeClass);
            Assert.Equal(sizeClass, SizeClasses.ClassOf(size));
            Assert.Equal(sizeClass, SizeClasses.ClassOf(size - 1));
            if (sizeClass + 1 < SizeClasses.Count)
                Assert.Equal(sizeClass + 1, SizeClasses.ClassOf(size + 1));
        }
        Assert.Equal(0, SizeClasses.ClassOf(1));
        Assert.Equal(0, SizeClasses.ClassOf(8));
    }

    [Fact]
    public void Every_size_up_to_64_KiB_goes_to_a_class_that_holds_it_and_whose_neighbour_does_not()
    {
        for (var bytes = 1; bytes <= 64 << 10; bytes++)
        {
            var sizeClass = SizeClasses.ClassOf(bytes);
            Assert.True(SizeClasses.SizeOf(sizeClass) >= bytes);
            Assert.True(sizeClass == 0 || SizeClasses.SizeOf(sizeClass - 1) < bytes);
        }
    }

    [Fact]
    public void Sizes_grow_by_at_most_a_half_and_are_aligned()
    {
        for (var sizeClass = 1; sizeClass < SizeClasses.Count; sizeClass++)
        {
            var (before, size) = (SizeClasses.SizeOf(sizeClass - 1), SizeClasses.SizeOf(sizeClass));
            Assert.True(size > before);
            Assert.True(size <= before + (before / 2));
            Assert.Equal(0, size % 16);
        }
    }

    [Fact]
    public void The_largest_row_of_a_batch_fits_into_the_largest_class()
    {
        var bytes = RecordHeader.TrailerOffset(TableGeometry.MaximumKeyBytes, TableGeometry.MaximumValueBytes) + RecordHeader.TrailerBytes;
        Assert.Equal(SizeClasses.Count - 1, SizeClasses.ClassOf(bytes));
    }

    [Fact]
    public void A_free_block_has_room_for_the_links_of_its_list_and_its_bundle() => Assert.True(SizeClasses.SizeOf(0) >= 2 * sizeof(ulong));
}
