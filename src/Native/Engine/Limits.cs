using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>The bounds of keys and values.</summary>
internal static class Limits
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require(int keyBytes, int valueBytes)
    {
        if (keyBytes > TableGeometry.MaximumKeyBytes || valueBytes > TableGeometry.MaximumValueBytes)
            throw TooLarge(keyBytes, valueBytes);
    }

    private static EtsException TooLarge(int keyBytes, int valueBytes) => keyBytes > TableGeometry.MaximumKeyBytes
        ? new KeyTooLargeException($"The key takes {keyBytes} bytes; a table's keys may take {TableGeometry.MaximumKeyBytes}. Use a shorter key, or its digest.")
        : new ValueTooLargeException($"The value takes {valueBytes} bytes; a table's values may take {TableGeometry.MaximumValueBytes}. Split it over several rows.");
}
