using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Bit patterns are literals, since other programs rely on them.</summary>
public sealed class WordTests
{
    [Fact]
    public void A_bucket_meta_word_has_version_occupied_lanes_level_and_lock()
    {
        var free = BucketMeta.Free(level: 6, version: 1);
        Assert.Equal(0x0000_0000_0200_6000UL, free.Bits);
        Assert.Equal((0, 6, 0U, 1UL, false), (free.Lock, free.Level, free.Occupied, free.Version, free.IsLocked));
        var locked = free.LockedBy(0xABC);
        Assert.Equal(0x0000_0000_0200_6ABCUL, locked.Bits);
        Assert.Equal((0xABC, 6, 1UL, true), (locked.Lock, locked.Level, locked.Version, locked.IsLocked));
        var occupied = locked.WithOccupied(0b101_0101);
        Assert.Equal(0x0000_0000_0354_6ABCUL, occupied.Bits);
        Assert.Equal((0xABC, 6, 0b101_0101U, 1UL), (occupied.Lock, occupied.Level, occupied.Occupied, occupied.Version));
        Assert.Equal(locked.Bits, occupied.WithOccupied(0).Bits);
        Assert.Equal(free.Bits, locked.Unlocked().Bits);
        Assert.Equal(0x0000_0000_0400_6000UL, locked.UnlockedAfterUnlinking().Bits);
        Assert.Equal(0x0000_0000_0554_7ABCUL, occupied.Split().Bits);
        Assert.Equal("lock 2748 level 6 occupied 1010101 version 1", occupied.ToString());
    }

    [Fact]
    public void A_bucket_meta_word_holds_every_journal_every_level_and_every_lane()
    {
        var highest = TableGeometry.SlotCount * TableGeometry.JournalsPerSlot;
        var meta = BucketMeta.Free(63, 5).LockedBy(highest).WithOccupied(0x7F);
        Assert.Equal((highest, 63, 0x7FU, 5UL), (meta.Lock, meta.Level, meta.Occupied, meta.Version));
        Assert.Equal(7, meta.LockedBy(7).Lock);
    }

    [Fact]
    public void A_version_that_runs_over_begins_again_and_leaves_the_rest_alone()
    {
        var last = BucketMeta.Free(9, (1UL << 39) - 1).WithOccupied(1).LockedBy(3);
        Assert.Equal(0xFFFF_FFFF_FE04_9003UL, last.Bits);
        Assert.Equal(0x4_9000UL, last.UnlockedAfterUnlinking().Bits);
    }

    [Fact]
    public void A_reader_ignores_the_lock_and_nothing_else()
    {
        var meta = BucketMeta.Free(6, 10);
        Assert.True(meta.SameContents(meta.LockedBy(0xFFF).Bits));
        Assert.True(meta.LockedBy(1).SameContents(meta.LockedBy(2).Bits));
        Assert.False(meta.SameContents(BucketMeta.Free(7, 10).Bits));
        Assert.False(meta.SameContents(BucketMeta.Free(6, 11).Bits));
        Assert.False(meta.SameContents(meta.WithOccupied(1).Bits));
    }

    [Fact]
    public void A_row_format_says_whether_rows_are_entries_and_how_long_they_are()
    {
        Assert.Equal(0UL, default(RowFormat).Bits);
        Assert.Equal((false, false, true), (default(RowFormat).IsDecided, default(RowFormat).HasEntries, default(RowFormat).IsValid));
        Assert.Equal(1UL, RowFormat.Records.Bits);
        Assert.Equal((true, false, 64), (RowFormat.Records.IsDecided, RowFormat.Records.HasEntries, RowFormat.Records.BucketBytes));
        var entries = RowFormat.Entries(keyBytes: 8, valueBytes: 4);
        Assert.Equal(0x0000_0000_0004_0802UL, entries.Bits);
        Assert.Equal((true, 8, 4, 128, true), (entries.HasEntries, entries.KeyBytes, entries.ValueBytes, entries.BucketBytes, entries.IsValid));
    }

    [Theory]
    [InlineData(1, 8, true)]
    [InlineData(8, 1, true)]
    [InlineData(0, 8, false)]
    [InlineData(8, 0, false)]
    [InlineData(9, 8, false)]
    [InlineData(8, 9, false)]
    [InlineData(-1, 8, false)]
    [InlineData(8, -1, false)]
    public void Rows_are_entries_where_key_and_value_are_always_1_to_8_bytes(int keyBytes, int valueBytes, bool areEntries) =>
        Assert.Equal(areEntries, RowFormat.For(keyBytes, valueBytes).HasEntries);

    [Theory]
    [InlineData(0x0000_0000_0000_0004UL)]
    [InlineData(0x0000_0000_0008_0003UL)]
    [InlineData(0x0000_0000_0008_0001UL)]
    [InlineData(0x0000_0000_0000_0802UL)]
    [InlineData(0x0000_0000_0008_0902UL)]
    [InlineData(0x0000_0000_0108_0802UL)]
    public void What_is_no_row_format_is_seen(ulong bits) => Assert.False(new RowFormat(bits).IsValid);

    [Fact]
    public void A_reference_has_a_tag_an_offset_and_flags()
    {
        const ulong Hash = 0xBEEF_1234_5678_9ABC;
        var record = Reference.ToRecord(0x12_3456_7890, Hash);
        Assert.Equal(0xBEEF_0012_3456_7890UL, record.Bits);
        Assert.Equal((0x12_3456_7890L, false, false, false), (record.Offset, record.IsEmpty, record.IsPending, record.IsOverflow));
        var pending = Reference.ToPending(0x12_3456_7890, Hash);
        Assert.Equal(0xBEEF_0012_3456_7891UL, pending.Bits);
        Assert.Equal((0x12_3456_7890L, true, false), (pending.Offset, pending.IsPending, pending.IsOverflow));
        Assert.Equal(record.Bits, pending.Settled().Bits);
        Assert.Equal(record.Bits, record.Settled().Bits);
        var overflow = Reference.ToOverflow(0x12_3456_7890);
        Assert.Equal(0x0000_0012_3456_7892UL, overflow.Bits);
        Assert.Equal((0x12_3456_7890L, false, true), (overflow.Offset, overflow.IsPending, overflow.IsOverflow));
        Assert.True(default(Reference).IsEmpty);
        Assert.Equal("empty", default(Reference).ToString());
        Assert.Equal("1234567890 pending tag beef", pending.ToString());
    }

    [Fact]
    public void A_reference_matches_by_the_high_16_bits_of_the_hash()
    {
        var reference = Reference.ToRecord(0x1000, 0xBEEF_0000_0000_0000);
        Assert.True(reference.MayMatch(0xBEEF_FFFF_FFFF_FFFF));
        Assert.False(reference.MayMatch(0xBEEE_0000_0000_0000));
        Assert.False(reference.MayMatch(0x3EEF_0000_0000_0000));
    }

    [Fact]
    public void A_reference_reaches_to_the_end_of_the_largest_file()
    {
        var last = TableGeometry.MaximumCapacity - 16;
        Assert.Equal(last, Reference.ToPending(last, ulong.MaxValue).Offset);
        Assert.Equal(0xFFFF_00FF_FFFF_FFF1UL, Reference.ToPending(last, ulong.MaxValue).Bits);
    }

    [Fact]
    public void A_record_header_has_flags_class_and_lengths()
    {
        var header = RecordHeader.Of(keyBytes: 0x1234, valueBytes: 0x89AB_CDE, sizeClass: 0x4B, flags: 3);
        Assert.Equal(0x034B_089A_BCDE_1234UL, header.Bits);
        Assert.Equal((0x1234, 0x89ABCDEU, 0x4B, (byte)3), (header.KeyBytes, header.ValueBytes, header.SizeClass, header.Flags));
        Assert.True(header.HasTrailer);
        Assert.True(header.IsTombstone);
        Assert.False(RecordHeader.Of(1, 1, 1, RecordHeader.BatchFlag).IsTombstone);
        Assert.False(RecordHeader.Of(1, 1, 1, RecordHeader.TombstoneFlag).HasTrailer);
        Assert.Equal((1, 2), (RecordHeader.BatchFlag, RecordHeader.TombstoneFlag));
    }

    [Fact]
    public void A_record_header_holds_the_largest_key_value_and_class()
    {
        var header = RecordHeader.Of(TableGeometry.MaximumKeyBytes, TableGeometry.MaximumValueBytes, SizeClasses.Count - 1, 0xFF);
        Assert.Equal(TableGeometry.MaximumKeyBytes, header.KeyBytes);
        Assert.Equal((uint)TableGeometry.MaximumValueBytes, header.ValueBytes);
        Assert.Equal(SizeClasses.Count - 1, header.SizeClass);
        Assert.Equal(0xFF, header.Flags);
    }

    [Theory]
    [InlineData(0, 0, 8, 8)]
    [InlineData(1, 0, 16, 16)]
    [InlineData(8, 8, 16, 24)]
    [InlineData(9, 1, 24, 32)]
    [InlineData(16, 64, 24, 88)]
    [InlineData(32768, 16777216, 32776, 16809992)]
    public void Key_value_and_trailer_begin_at_multiples_of_8(int keyBytes, int valueBytes, int valueOffset, int trailerOffset)
    {
        Assert.Equal(valueOffset, RecordHeader.ValueOffset(keyBytes));
        Assert.Equal(trailerOffset, RecordHeader.TrailerOffset(keyBytes, valueBytes));
    }

    [Fact]
    public void A_block_list_has_a_length_and_the_first_offset()
    {
        var list = BlockList.Of(first: 0x12_3456_7890, blocks: 5);
        Assert.Equal(0x0000_0051_2345_6789UL, list.Bits);
        Assert.Equal((0x12_3456_7890L, 5U, false), (list.First, list.Blocks, list.IsEmpty));
        Assert.True(default(BlockList).IsEmpty);
        Assert.True(BlockList.Of(0x40, 0).IsEmpty);
        var largest = BlockList.Of(TableGeometry.MaximumCapacity - 16, (1UL << 28) - 1);
        Assert.Equal(ulong.MaxValue, largest.Bits);
        Assert.Equal((TableGeometry.MaximumCapacity - 16, (1U << 28) - 1), (largest.First, largest.Blocks));
        Assert.Equal((1U << 28) - 1, BlockList.Of(0x40, ulong.MaxValue).Blocks);
    }

    [Fact]
    public void A_block_name_has_a_class_and_an_offset()
    {
        var name = BlockName.Of(0x12_3456_7890, 0x4B);
        Assert.Equal(0x004B_0012_3456_7890UL, name.Bits);
        Assert.Equal((0x12_3456_7890L, 0x4B, false), (name.Offset, name.SizeClass, name.IsNone));
        Assert.True(default(BlockName).IsNone);
    }

    [Fact]
    public void A_chunk_header_has_a_mark_a_class_and_a_length()
    {
        var header = ChunkHeader.Of(sizeClass: 2, length: 64 + (10 * 64));
        Assert.Equal(0xC4A5_0200_0000_02C0UL, header.Bits);
        Assert.Equal((true, 2, 704L, 10L), (header.IsValid, header.SizeClass, header.Length, header.Blocks));
        Assert.Equal(64, ChunkHeader.Bytes);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(0x0000_0200_0000_02C0UL)]
    [InlineData(0xC4A5_0200_0000_0040UL)]
    [InlineData(0xC4A5_0200_0000_02C8UL)]
    [InlineData(0xC4A5_4C00_0000_02C0UL)]
    public void What_is_no_chunk_header_is_seen(ulong bits) => Assert.False(new ChunkHeader(bits).IsValid);

    [Fact]
    public void An_ownership_word_has_epoch_incarnation_slot_and_state()
    {
        var owned = OwnershipWord.OwnedBy(epoch: 0x1234_5678, slot: 0xEF, slotIncarnation: 0xABCDE);
        Assert.Equal(0x1234_5678_ABCD_EEF2UL, owned.Bits);
        Assert.Equal((0x1234_5678U, 0xEF, 0xABCDEU, OwnershipState.Owned), (owned.Epoch, owned.Slot, owned.SlotIncarnation, owned.State));
        Assert.Equal(0x1234_5678_ABCD_EEF3UL, owned.With(OwnershipState.Recovering).Bits);
        Assert.Equal(0x0000_0007_0000_0001UL, OwnershipWord.Of(7, OwnershipState.Offered).Bits);
        Assert.Equal(0x0000_0007_0000_0000UL, OwnershipWord.Of(7, OwnershipState.Unowned).Bits);
        Assert.Equal(default, new OwnershipWord(0).State);
        Assert.Equal("epoch 7 Offered", OwnershipWord.Of(7, OwnershipState.Offered).ToString());
        Assert.Equal("epoch 7 Owned slot 3.9", OwnershipWord.OwnedBy(7, 3, 9).ToString());
    }

    [Fact]
    public void An_ownership_word_holds_every_slot_and_the_last_epoch()
    {
        var owned = OwnershipWord.OwnedBy(uint.MaxValue, TableGeometry.SlotCount - 1, uint.MaxValue);
        Assert.Equal((uint.MaxValue, TableGeometry.SlotCount - 1, 0xFFFFFU), (owned.Epoch, owned.Slot, owned.SlotIncarnation));
    }

    [Fact]
    public void An_owner_is_known_by_its_slots_incarnation()
    {
        var slot = default(SlotWord).TakenAgain();
        var owned = OwnershipWord.OwnedBy(1, 0, slot.Incarnation);
        Assert.True(owned.IsHeldBy(slot));
        Assert.False(owned.IsHeldBy(slot.Freed()));
        Assert.False(owned.IsHeldBy(slot.Freed().TakenAgain()));
        Assert.True(OwnershipWord.OwnedBy(1, 0, 0x1234_5678).IsHeldBy(new SlotWord(0x1234_5678_0000_0001)));
    }

    [Fact]
    public void A_slot_word_counts_how_often_it_was_taken()
    {
        var taken = default(SlotWord).TakenAgain();
        Assert.Equal(0x0000_0001_0000_0001UL, taken.Bits);
        Assert.Equal((true, 1U), (taken.IsTaken, taken.Incarnation));
        Assert.Equal(0x0000_0001_0000_0000UL, taken.Freed().Bits);
        Assert.Equal(0x0000_0002_0000_0001UL, taken.Freed().TakenAgain().Bits);
        Assert.Equal(0x0000_0000_0000_0001UL, new SlotWord(0xFFFF_FFFF_0000_0000).TakenAgain().Bits);
    }

    [Fact]
    public void A_schema_word_names_the_other_area_each_time()
    {
        var first = default(SchemaWord).Next(0x123);
        Assert.Equal(0x0000_0001_0123_0001UL, first.Bits);
        Assert.Equal((1, 0x123), (first.Area, first.Length));
        var second = first.Next(1500);
        Assert.Equal(0x0000_0002_05DC_0000UL, second.Bits);
        Assert.Equal((0, 1500), (second.Area, second.Length));
        Assert.Equal(0, default(SchemaWord).Length);
    }

    [Fact]
    public void A_batch_word_has_a_number_and_a_state()
    {
        var preparing = default(BatchWord).NextNumber();
        Assert.Equal(0x100UL, preparing.Bits);
        Assert.Equal(0x101UL, preparing.With(BatchWord.Committed).Bits);
        var committed = preparing.With(BatchWord.Committed);
        Assert.Equal((1UL, BatchWord.Committed), (committed.Number, committed.State));
        Assert.Equal(0x200UL, committed.NextNumber().Bits);
        Assert.Equal((0, 1), (BatchWord.Preparing, BatchWord.Committed));
    }

    [Fact]
    public void A_batch_id_names_the_journal_and_its_batch()
    {
        var id = BatchId.Of(journal: 0xF00, number: 0x1_2345_6789);
        Assert.Equal(0x0000_1234_5678_9F00UL, id.Bits);
        Assert.Equal((0xF00, 0x1_2345_6789UL), (id.Journal, id.Number));
        Assert.Equal(TableGeometry.SlotCount * TableGeometry.JournalsPerSlot, BatchId.Of(TableGeometry.SlotCount * TableGeometry.JournalsPerSlot, 1).Journal);
    }
}
