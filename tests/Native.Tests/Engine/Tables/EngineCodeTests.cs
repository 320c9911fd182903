using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class EngineCodeTests
{
    [Fact]
    public void What_a_table_may_come_to_is_compiled_ahead_and_nothing_that_belongs_to_other_kinds()
    {
        Type[] always = [typeof(WriterLock<>), typeof(BlockAllocator<>), typeof(JournalRecovery<>), typeof(BatchWriter<>), typeof(HashReader<>)];
        Type[] hash = [typeof(EntryReader<>)], tree = [typeof(NodeSplitter<>)], bag = [typeof(BagWriter<>)];

        RequireParts(TableKind.Set, with: [.. always, .. hash], without: [.. tree, .. bag]);
        RequireParts(TableKind.OrderedSet, with: [.. always, .. tree], without: [.. hash, .. bag]);
        RequireParts(TableKind.DuplicateBag, with: [.. always, .. tree, .. bag], without: hash);
    }

    private static void RequireParts(TableKind kind, Type[] with, Type[] without)
    {
        var parts = EngineCode.PartsFor(kind).ToHashSet();
        Assert.All(with, part => Assert.Contains(part, parts));
        Assert.All(without, part => Assert.DoesNotContain(part, parts));
    }
}
