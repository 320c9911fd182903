using System.Numerics;
using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// The sizes of blocks: 32 to 128 bytes in steps of 16, then four sizes to each doubling, up to 20 MiB.
/// A block never changes its class, so a reader that holds a stale reference still finds a block of that size.
/// </summary>
internal static class SizeClasses
{
    public const int Count = 76;

    /// <summary>Every block begins at a multiple of this.</summary>
    public const int Alignment = 16;

    /// <summary>The class of an overflow bucket.</summary>
    public const int Bucket = 2;

    /// <summary>The class of an overflow bucket of entries.</summary>
    public const int EntryBucket = 6;

    /// <summary>The class of a node of a tree.</summary>
    public const int TreeNode = 11;

    private const int LinearStep = 16;
    private const int SmallestSize = 32;
    private const int LastLinearSize = 128;
    private const int LinearCount = 7;

    /// <summary>The bytes of a block of a class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeOf(int sizeClass)
    {
        if (sizeClass < LinearCount)
            return SmallestSize + (sizeClass * LinearStep);
        var geometric = sizeClass - LinearCount;
        var quarter = (LastLinearSize / 4) << (geometric / 4);
        return quarter * (5 + (geometric % 4));
    }

    /// <summary>The smallest class whose blocks hold this many bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ClassOf(int bytes)
    {
        if (bytes <= LastLinearSize)
            return bytes <= SmallestSize ? 0 : (bytes - SmallestSize + LinearStep - 1) / LinearStep;
        var doubling = BitOperations.Log2((uint)(bytes - 1)) - BitOperations.Log2((uint)LastLinearSize);
        var quarter = (LastLinearSize / 4) << doubling;
        var quarters = (bytes + quarter - 1) / quarter;
        return LinearCount + (doubling * 4) + (quarters - 5);
    }
}
