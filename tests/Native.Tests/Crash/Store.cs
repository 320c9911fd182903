using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>A store at the seam that is about to be made: a word as a whole, or bytes in two halves.</summary>
internal readonly unsafe ref struct Store
{
    public readonly StoreSite Site;
    public readonly byte* Destination;
    public readonly ReadOnlySpan<byte> Bytes;

    public readonly StoreKind Kind;

    /// <summary>How many parts it has, between which a kill may come.</summary>
    public readonly int Parts;

    public Store(StoreSite site, ulong* address, ref ulong value, StoreKind kind)
    {
        Site = site;
        Kind = kind;
        Destination = (byte*)address;
        Bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in value));
        Parts = 1;
    }

    public Store(StoreSite site, byte* destination, ReadOnlySpan<byte> bytes, StoreKind kind = StoreKind.Fill, int parts = 2)
    {
        Site = site;
        Kind = kind;
        Destination = destination;
        Bytes = bytes;
        Parts = parts;
    }

    public bool IsFill => Kind == StoreKind.Fill;

    /// <summary>What is there now.</summary>
    public Span<byte> Target => new(Destination, Bytes.Length);

    /// <summary>Whether it would change nothing.</summary>
    public bool IsIdempotent => Target.SequenceEqual(Bytes);

    /// <summary>Makes it, unless the process is killed before.</summary>
    public void Make()
    {
        var half = Parts == 1 ? Bytes.Length : Bytes.Length / 2;
        TracedMemory.BeforeStore();
        Bytes[..half].CopyTo(Target);
        if (Parts == 1)
            return;
        TracedMemory.BeforeStore();
        Bytes[half..].CopyTo(Target[half..]);
    }
}
