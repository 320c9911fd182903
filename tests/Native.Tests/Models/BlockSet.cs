namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>A few blocks, each a letter, in a form that compares by value; a block may be in it twice.</summary>
internal readonly record struct BlockSet(string Blocks)
{
    public static BlockSet Empty => new("");

    public bool HasDuplicates => Blocks.Distinct().Count() != Blocks.Length;

    public bool Contains(char block) => Blocks.Contains(block);

    public BlockSet With(char block) => new(string.Concat(Blocks.Append(block).Order()));

    public BlockSet Without(char block) => new(Blocks.Remove(Blocks.IndexOf(block), 1));

    public BlockSet And(BlockSet other) => new(Blocks + other.Blocks);
}
