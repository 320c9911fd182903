using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Engine.Writers;

/// <summary>A journal in the hands of one thread, or of whoever settles it after its owner's death.</summary>
internal readonly unsafe struct Writer(TableContext table, int number)
{
    public readonly TableContext Table = table;
    public readonly int Number = number;
    public readonly Journal* Journal = table.Space.JournalAt(number);

    public TableSpace Space
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Table.Space;
    }
}
