namespace EtsPersist.Mmf.Native.Engine.Batches;

/// <summary>One operation of a batch; its key and value lie in the plan's buffer.</summary>
internal struct BatchItem
{
    public ulong Hash;
    public int Order;
    public int KeyStart;
    public int KeyBytes;
    public int ValueStart;
    public int ValueBytes;
    public long Increment;
    public long Initial;
    public bool HasInitial;
    public BatchItemKind Kind;
}
