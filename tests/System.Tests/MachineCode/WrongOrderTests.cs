using System.Buffers.Binary;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Peer.Stepping;
using EtsPersist.Mmf.System.Tests.MachineCode.Checks;
using EtsPersist.Mmf.System.Tests.MachineCode.Images;
using EtsPersist.Mmf.System.Tests.MachineCode.Tracing;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>What a compiler would do that moves the store which publishes a record before those which fill it.</summary>
public sealed class WrongOrderTests(ITestOutputHelper output) : IDisposable
{
    private static readonly SteppedOperation Insert = SteppedOperations.Named("insert of records");

    private readonly TemporaryFolder _folder = new();

    [PtraceFact]
    public void A_record_that_is_published_before_it_is_filled_is_caught()
    {
        using var peer = new SteppedPeer(Insert.Name, CompiledCode.Default);
        var trace = peer.Trace();
        var stores = WordsOf(trace);
        Assert.Empty(FailuresOf(PlayBack(trace.Before, stores)));

        PublishFirst(stores);
        var failures = FailuresOf(PlayBack(trace.Before, stores));
        Assert.NotEmpty(failures);
        output.WriteLine($"caught after {failures.Count} of {stores.Count} stores, first: {failures[0]}");
    }

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyList<string> FailuresOf(OperationTrace trace) => TraceCheck.Failures(Insert, trace);

    /// <summary>Another process stores the words into a table as it was before.</summary>
    private OperationTrace PlayBack(TableImage before, List<(long Offset, ulong Word)> stores)
    {
        var name = $"{Guid.NewGuid():N}";
        var (template, list) = (_folder[$"{name}.ets"], _folder[$"{name}.stores"]);
        before.WriteTo(template);
        File.WriteAllLines(list, stores.Select(store => $"{store.Offset} {store.Word}"));
        using var peer = new SteppedPeer(SteppedOperations.PlayBack, CompiledCode.Default, "--template", template, "--stores", list);
        return peer.Trace();
    }

    private static void PublishFirst(List<(long Offset, ulong Word)> stores)
    {
        var publishing = stores.FindIndex(IsReferenceInBucket);
        var record = new Reference(stores[publishing].Word).Offset;
        var filling = stores.FindIndex(store => store.Offset == record);
        Assert.InRange(filling, 0, publishing - 1);
        stores.Insert(filling, stores[publishing]);
        stores.RemoveAt(publishing + 1);
    }

    private static bool IsReferenceInBucket((long Offset, ulong Word) store) =>
        store.Offset is >= TableGeometry.IndexStart and < TableGeometry.IndexStart + TableGeometry.InitialIndexBytes
        && store.Offset % TableGeometry.BucketBytes != 0;

    private static List<(long Offset, ulong Word)> WordsOf(OperationTrace trace) =>
    [
        .. from store in trace.Stores
           from offset in Enumerable.Range(0, store.Bytes.Length / sizeof(ulong)).Select(word => word * sizeof(ulong))
           select (store.Offset + offset, BinaryPrimitives.ReadUInt64LittleEndian(store.Bytes.AsSpan(offset))),
    ];
}
