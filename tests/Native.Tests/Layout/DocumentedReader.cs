using System.Numerics;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>
/// Reads rows of a file that nobody is writing with nothing but what docs/file-format.md says: numbers instead of the program's types.
/// </summary>
internal sealed class DocumentedReader(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    public void Dispose() => _file.Dispose();

    public byte[]? Find(byte[] key)
    {
        var hash = HashOf(key, Word(64), Word(72));
        var bucket = 8388608 + ((long)BucketOf(hash) * ((byte)Word(776) == 2 ? 128 : 64));
        return (byte)Word(776) == 2 ? FindEntry(bucket, key) : FindRecord(bucket, hash, key);
    }

    private ulong BucketOf(ulong hash)
    {
        var buckets = Word(512);
        var level = BitOperations.Log2(buckets);
        var index = hash & ((2UL << level) - 1);
        return index < buckets ? index : hash & ((1UL << level) - 1);
    }

    private byte[]? FindRecord(long bucket, ulong hash, byte[] key)
    {
        while (true)
        {
            for (var lane = 1; lane <= 7; lane++)
            {
                var reference = Word(bucket + (lane * 8));
                if (reference == 0 || (reference & 2) != 0 || reference >> 48 != hash >> 48)
                    continue;
                var record = (long)(reference & 0xFFFF_FFFF_FFF0);
                var header = Word(record);
                var keyBytes = (int)(header & 0xFFFF);
                if (Bytes(record + 8, keyBytes).AsSpan().SequenceEqual(key))
                    return Bytes(record + 8 + ((keyBytes + 7) / 8 * 8), (int)(header >> 16));
            }
            var last = Word(bucket + 56);
            if ((last & 2) == 0)
                return null;
            bucket = (long)(last & 0xFFFF_FFFF_FFF0);
        }
    }

    private byte[]? FindEntry(long bucket, byte[] key)
    {
        var format = Word(776);
        while (bucket != 0)
        {
            var occupied = Word(bucket) >> 18 & 0x7F;
            for (var lane = 0; lane < 7; lane++)
            {
                if ((occupied >> lane & 1) != 0 && Bytes(bucket + 8 + (lane * 8), (int)(format >> 8 & 0xFF)).AsSpan().SequenceEqual(key))
                    return Bytes(bucket + 64 + (lane * 8), (int)(format >> 16 & 0xFF));
            }
            bucket = (long)(Word(bucket + 120) & 0xFFFF_FFFF_FFF0);
        }
        return null;
    }

    private static ulong HashOf(byte[] key, ulong seed0, ulong seed1)
    {
        Assert.Equal(8, key.Length);
        return Fold(Fold(BitConverter.ToUInt64(key) ^ seed0, seed1 ^ 0x9E3779B97F4A7C15) ^ seed1, 0xD1B54A32D192ED03);
    }

    private static ulong Fold(ulong left, ulong right) => Math.BigMul(left, right, out var low) ^ low;

    private ulong Word(long offset) => BitConverter.ToUInt64(Bytes(offset, 8));

    private byte[] Bytes(long offset, int length)
    {
        var bytes = new byte[length];
        Assert.Equal(length, RandomAccess.Read(_file.SafeFileHandle, bytes, offset));
        return bytes;
    }
}
