using EtsPersist.Mmf.Native.Engine.Space;

namespace EtsPersist.Mmf.Native.Engine.Verification;

/// <summary>The words for what a damaged file shows. Each names the file, the place and the remedy.</summary>
internal static class Damage
{
    /// <summary>A word of a bucket leads to where nothing of the kind can be.</summary>
    public static CorruptTableException Link(TableSpace space, long offset) => Of(space, $"a bucket leads on to offset {offset:x}, where nothing can be");

    /// <summary>A chain comes back to where it has been.</summary>
    public static CorruptTableException Circle(TableSpace space, long offset) => Of(space, $"a chain leads in a circle through offset {offset:x}");

    /// <summary>A free list leads to where no block can be.</summary>
    public static CorruptTableException FreeBlock(TableSpace space, long offset) => Of(space, $"a free list leads to offset {offset:x}, where no block can be");

    /// <summary>A batch names something that is no record of it.</summary>
    public static CorruptTableException BatchRecord(TableSpace space, long offset) => Of(space, $"a batch names offset {offset:x}, where no record of it is");

    /// <summary>A lock names a journal that does not hold it.</summary>
    public static CorruptTableException Lock(TableSpace space, int journal) => Of(space, $"a lock or a pending row names journal {journal}, which holds nothing");

    /// <summary>A word of a journal contradicts the file.</summary>
    public static CorruptTableException Journal(TableSpace space, int number, string field, ulong value) =>
        Of(space, $"journal {number} has {value:x} as its {field}, which cannot be");

    public static CorruptTableException Of(TableSpace space, string what) => new($"Table file '{space.Path}': {what}. Verify the file.");
}
