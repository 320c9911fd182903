namespace EtsPersist.Mmf.Native.Layout;

/// <summary>Where an operation stands; what a kill leaves in each state is told with <see cref="Journal"/>.</summary>
internal enum JournalState : ulong
{
    Idle = 0,
    Armed = 1,
    Committed = 2,
    SplitArmed = 3,
    SplitCommitted = 4,
    BatchBuilding = 5,
    BatchPlacing = 6,
    BatchSettling = 7,
    BatchEntrySettled = 8,
}
