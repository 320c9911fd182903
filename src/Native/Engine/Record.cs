using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>Reads and fills records.</summary>
internal static unsafe class Record<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>
    /// Reads the header of what a reference names, or says that no record can lie there. The reference may be stale and the block
    /// used for something else meanwhile, so the result only guarantees that the bytes it speaks of may be touched.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadHeader(TableSpace space, long offset, long slabsEnd, out RecordHeader header)
    {
        if (!space.IsInSlabs(offset, SmallestBlock, slabsEnd))
        {
            header = default;
            return false;
        }
        header = new RecordHeader(TMemory.Read(space.Word(offset)));
        return header.ValueBytes <= TableGeometry.MaximumValueBytes && offset + RecordHeader.ValueOffset(header.KeyBytes) + header.ValueBytes <= slabsEnd;
    }

    private const int SmallestBlock = 32;

    /// <summary>Whether the record's key is this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasKey(TableSpace space, long offset, RecordHeader header, ReadOnlySpan<byte> key)
    {
        return header.KeyBytes == key.Length && KeyEquals(space.At(offset + RecordHeader.Bytes), key);
    }

    /// <summary>Whether a stored key of the same length is this one; the common lengths without a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool KeyEquals(byte* stored, ReadOnlySpan<byte> key)
    {
        if (key.Length == sizeof(ulong))
            return *(ulong*)stored == Unsafe.ReadUnaligned<ulong>(in key[0]);
        if (key.Length == 2 * sizeof(ulong))
            return *(ulong*)stored == Unsafe.ReadUnaligned<ulong>(in key[0]) && *((ulong*)stored + 1) == Unsafe.ReadUnaligned<ulong>(in key[8]);
        return new ReadOnlySpan<byte>(stored, key.Length).SequenceEqual(key);
    }

    public static ReadOnlySpan<byte> Key(TableSpace space, long offset, RecordHeader header) =>
        new(space.At(offset + RecordHeader.Bytes), header.KeyBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong* ValueWord(TableSpace space, long offset, RecordHeader header) =>
        space.Word(offset + RecordHeader.ValueOffset(header.KeyBytes));

    /// <summary>Copies a value; one of up to 8 bytes as one word, since such a value may change in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyValue(TableSpace space, long offset, RecordHeader header, Span<byte> destination) =>
        CopyValueOf((byte*)ValueWord(space, offset, header), (int)header.ValueBytes, destination);

    /// <summary>Copies a value of this length.</summary>
    public static void CopyValueOf(byte* source, int length, Span<byte> destination)
    {
        if (length == sizeof(ulong))
            Unsafe.WriteUnaligned(ref destination[0], TMemory.Read((ulong*)source));
        else if (length < sizeof(ulong))
            CopySmall(TMemory.Read((ulong*)source), destination, length);
        else
            new ReadOnlySpan<byte>(source, length).CopyTo(destination);
    }

    private static void CopySmall(ulong word, Span<byte> destination, int length)
    {
        for (var i = 0; i < length; i++)
            destination[i] = (byte)(word >> (8 * i));
    }

    /// <summary>Packs up to 8 bytes of value into the word that holds them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PackSmall(ReadOnlySpan<byte> value)
    {
        if (value.Length == sizeof(ulong))
            return Unsafe.ReadUnaligned<ulong>(in value[0]);
        var word = 0UL;
        for (var i = value.Length - 1; i >= 0; i--)
            word = (word << 8) | value[i];
        return word;
    }

    /// <summary>Fills a block that nobody can reach yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fill(TableSpace space, BlockName block, byte flags, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        TMemory.Fill(space.Word(block.Offset), RecordHeader.Of(key.Length, value.Length, block.SizeClass, flags).Bits);
        if (key.Length != 0)
            TMemory.Fill(space.At(block.Offset + RecordHeader.Bytes), key);
        if (value.Length == 0)
            return;
        var target = space.At(block.Offset + RecordHeader.ValueOffset(key.Length));
        if (value.Length <= sizeof(ulong))
            TMemory.Fill((ulong*)target, PackSmall(value));
        else
            TMemory.Fill(target, value);
    }

    public static BatchTrailer* Trailer(TableSpace space, long offset, RecordHeader header) =>
        (BatchTrailer*)space.At(offset + RecordHeader.TrailerOffset(header.KeyBytes, (int)header.ValueBytes));

    public static int BlockBytes(int keyBytes, int valueBytes, bool trailer) =>
        RecordHeader.TrailerOffset(keyBytes, valueBytes) + (trailer ? RecordHeader.TrailerBytes : 0);
}
