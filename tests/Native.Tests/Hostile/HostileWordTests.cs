using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>
/// Small tables in memory, in both row formats and in every kind of state in which a killed writer leaves them, with one word changed: whoever opens
/// them gets a typed error, or rows that differ at most in what that word encodes. No access goes out of bounds and no operation
/// takes more steps than a small table is worth.
/// </summary>
public sealed class HostileWordTests(ITestOutputHelper output)
{
    /// <summary>One damage of so many is tried, because all of them would take hours; where the environment says ETSPERSIST_EXHAUSTIVE=1, each word is flipped once besides.</summary>
    private static readonly int Stride = HostileReport.Stride(usual: 2003, exhaustive: 53);

    /// <summary>Two of each kind of operation, chosen for the states in which a kill leaves them.</summary>
    private static readonly string[] Names =
    [
        "insert into a full chain",
        "delete in an overflow bucket",
        "split that needs three overflow buckets for the partner",
        "batch into a full bucket",
        "batch of everything",
        "delete that fills the free list to its limit",
        "insert when a freed block is at hand",
        "entries: insert into an empty table",
        "entries: insert into a full chain",
        "entries: delete in an overflow bucket",
        "entries: split that needs three overflow buckets for the partner",
        "entries: batch that fills two overflow buckets",
        "entries: batch of everything",
        "ordered: insert of a long value into a full leaf",
        "ordered: split of a leaf below a root",
        "ordered: split of the root in the middle",
        "ordered: split by a key of a node's size",
        "ordered: batch that splits one leaf twice",
        "ordered: batch of everything",
        "bag: insert into a full leaf",
        "bag: delete of a key with many rows",
        "duplicate bag: batch of everything",
    ];

    public static TheoryData<string> Scenarios => [.. Names];

    /// <summary>The one of each kind of table that does most.</summary>
    public static TheoryData<string> Batches => [.. Names.Where(name => name.EndsWith("batch of everything", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Batches))]
    public void Every_bit_of_the_header_is_refused_or_changes_no_row(string name)
    {
        using var scene = Scene(name);
        scene.GoTo(scene.Moments[^1]);
        var report = new HostileReport("header bits");
        report.AddImage();
        for (var offset = 0L; offset < TableGeometry.HeaderBytes; offset += sizeof(ulong))
        {
            for (var bit = 0; bit < 64; bit++)
            {
                var mutation = new Mutation(offset, scene.Words[offset] ^ (1UL << bit));
                var isChosen = HostileReport.IsExhaustive || bit % 32 == offset / 8 % 32;
                report.Add(isChosen ? scene.Read(mutation) : scene.ReadQuickly(mutation), $"reading, {mutation}");
                if (isChosen)
                    report.Add(scene.Write(mutation), $"writing, {mutation}");
            }
        }
        output.WriteLine(report.Finish());
    }

    /// <summary>Every field of the constant part, forged with care: its check word is right.</summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void A_forged_constant_part_of_the_header_is_refused_or_read_without_any_other_error(string name)
    {
        using var scene = Scene(name);
        scene.GoTo(scene.Moments[^1]);
        var report = new HostileReport("forged header");
        report.AddImage();
        for (var bit = 0; bit < TableHeader.ConstantBytes * 8; bit++)
            report.Add(scene.Forge(bit), $"bit {bit} forged");
        output.WriteLine(report.Finish());
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_changed_word_gives_a_typed_error_or_rows_that_differ_in_what_it_encodes(string name)
    {
        var report = new HostileReport("words");
        Parallel.For(0, HostileReport.Workers, worker => DamageWords(name, worker, report));
        output.WriteLine(report.Finish());
    }

    /// <summary>
    /// One of a thousand ways, by default. A block given out twice is a record and a node, or two rows: whatever was filled last, nobody follows it out of the file.
    /// </summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void A_journal_that_gives_out_blocks_in_use_leads_nobody_out_of_bounds(string name)
    {
        var stride = HostileReport.Stride(usual: 1009, exhaustive: 131);
        var report = new HostileReport("blocks given out twice");
        Parallel.For(0, HostileReport.Workers, worker =>
        {
            using var scene = Scene(name);
            for (var number = worker; number < scene.Moments.Count; number += HostileReport.Workers)
            {
                scene.GoTo(scene.Moments[number]);
                report.AddImage();
                foreach (var mutation in scene.Words.SecondGifts().Where((_, place) => place % stride == number % stride))
                    report.Add(scene.Write(mutation), $"{name}, killed before store {scene.Moments[number]}, {mutation}");
            }
        });
        output.WriteLine(report.Finish());
    }

    [Theory]
    [InlineData("ordered: split of a leaf below a root")]
    [InlineData("ordered: split of the root in the middle")]
    [InlineData("ordered: batch that splits one leaf twice")]
    public void A_node_that_has_lost_its_right_sibling_gives_a_typed_error_or_fewer_rows(string name)
    {
        using var scene = Scene(name);
        var report = new HostileReport("lost siblings");
        foreach (var moment in scene.Moments)
        {
            scene.GoTo(moment);
            report.AddImage();
            foreach (var link in scene.Words.LinksToTheRight())
            {
                var mutation = new Mutation(link, 0);
                report.Add(scene.Read(mutation), $"{name}, killed before store {moment}, reading, {mutation}");
                report.Add(scene.Write(mutation), $"{name}, killed before store {moment}, writing, {mutation}");
            }
        }
        output.WriteLine(report.Finish());
    }

    /// <summary>Damages words of the images at every so manieth moment, which are one worker's share.</summary>
    private static void DamageWords(string name, int worker, HostileReport report)
    {
        using var scene = Scene(name);
        var turn = 0;
        for (var number = worker; number < scene.Moments.Count; number += HostileReport.Workers)
        {
            var moment = scene.Moments[number];
            scene.GoTo(moment);
            report.AddImage();
            var flipsAll = HostileReport.IsExhaustive && moment == scene.Moments[^1];
            var values = scene.Words.Values();
            foreach (var offset in scene.Words.All())
            {
                foreach (var mutation in Mutation.Of(offset, scene.Words[offset], values))
                {
                    if (++turn % Stride != 0 && !(flipsAll && mutation.Value == ~scene.Words[offset]))
                        continue;
                    report.Add(scene.Read(mutation), $"{name}, killed before store {moment}, reading, {mutation}");
                    report.Add(scene.Write(mutation), $"{name}, killed before store {moment}, writing, {mutation}");
                }
            }
        }
    }

    private static HostileScene Scene(string name) =>
        new(CrashScenarios.All.Concat(EntryCrashScenarios.All).Concat(OrderedCrashScenarios.All).Concat(BagCrashScenarios.All).Single(scenario => scenario.Name == name));
}
