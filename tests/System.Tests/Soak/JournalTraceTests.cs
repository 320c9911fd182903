using System.Reflection;
using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.Soak.Tests;

public sealed class JournalTraceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TableFile _table;
    private readonly int _slot;

    public JournalTraceTests()
    {
        _table = TableFile.Create(_folder["table"], "table", 1, new TableFileOptions { Access = TableAccess.Public });
        _slot = _table.Attach();
    }

    public void Dispose()
    {
        _table.Abandon();
        _folder.Dispose();
    }

    [Fact]
    public void A_process_without_a_slot_leaves_no_trace()
    {
        using var trace = new JournalTrace(_table.Path);
        Assert.Null(trace.MomentOf(Environment.ProcessId + 1));
        Assert.False(trace.IsAtWork(Environment.ProcessId + 1));
    }

    [Fact]
    public void A_writer_with_idle_journals_is_between_two_operations()
    {
        _table.Insert("k"u8, "v"u8);
        using var trace = new JournalTrace(_table.Path);
        Assert.Equal(KillMoment.Between, trace.MomentOf(Environment.ProcessId));
        Assert.False(trace.IsAtWork(Environment.ProcessId));
    }

    [Theory]
    [InlineData(nameof(Journal.State), (ulong)JournalState.Armed, KillMoment.Row)]
    [InlineData(nameof(Journal.State), (ulong)JournalState.Committed, KillMoment.Row)]
    [InlineData(nameof(Journal.State), (ulong)JournalState.SplitArmed, KillMoment.Growth)]
    [InlineData(nameof(Journal.State), (ulong)JournalState.SplitCommitted, KillMoment.Growth)]
    [InlineData(nameof(Journal.State), (ulong)JournalState.BatchBuilding, KillMoment.Batch)]
    [InlineData(nameof(Journal.State), (ulong)JournalState.BatchEntrySettled, KillMoment.Batch)]
    [InlineData(nameof(Journal.Transfer), (ulong)TransferKind.TakeChunk, KillMoment.Growth)]
    [InlineData(nameof(Journal.Structure), (ulong)StructureState.SplitArmed, KillMoment.Growth)]
    public void A_journal_says_what_its_writer_is_doing(string register, ulong content, object moment)
    {
        const int LastJournal = TableGeometry.JournalsPerSlot - 1;
        var journal = TableGeometry.JournalsOf(_slot) + (LastJournal * TableGeometry.JournalBytes);
        var offset = typeof(Journal).GetField(register)!.GetCustomAttribute<FieldOffsetAttribute>()!.Value;
        using (var file = File.OpenHandle(_table.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            RandomAccess.Write(file, BitConverter.GetBytes(content), journal + offset);
        using var trace = new JournalTrace(_table.Path);
        Assert.Equal(moment, trace.MomentOf(Environment.ProcessId));
        Assert.True(trace.IsAtWork(Environment.ProcessId));
    }
}
