namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// Where a change of an ordered table's tree stands. It has a word of its own in the journal, since a batch that places its rows may have to split a node
/// on its way. What a kill leaves in each state is told with <see cref="Engine.Ordered.NodeSplitter{TMemory}"/> and
/// <see cref="Engine.Ordered.ParentEntries{TMemory}"/>.
/// </summary>
internal enum StructureState : ulong
{
    None = 0,
    SplitArmed = 1,
    SplitCommitted = 2,
    RootArmed = 3,
    RootCommitted = 4,
    EntryArmed = 5,
}
