namespace EtsPersist.Mmf;

/// <summary>A primitive inside a struct, at any depth; repeated in inline arrays and fixed buffers.</summary>
internal sealed record StructField(int Offset, int Size, int Count, string Path, Type Type)
{
    public int End => Offset + (Size * Count);
}
