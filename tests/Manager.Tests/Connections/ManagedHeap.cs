using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>The managed heap of another process, by the runtime's own diagnostics: it is made to collect, and tells of each object that is left.</summary>
internal static class ManagedHeap
{
    private const ClrTraceEventParser.Keywords Collection =
        ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect | ClrTraceEventParser.Keywords.GCHeapDump;

    /// <summary>The bytes of all objects that live. What has a finalizer is gone at the second measurement.</summary>
    public static long Measure(int processId)
    {
        var provider = new EventPipeProvider(ClrTraceEventParser.ProviderName, EventLevel.Informational, (long)Collection);
        using var session = new DiagnosticsClient(processId).StartEventPipeSession([provider], requestRundown: false);
        using var events = new EventPipeEventSource(session.EventStream);
        var bytes = 0L;
        events.Clr.GCBulkNode += nodes => bytes += Enumerable.Range(0, nodes.Count).Sum(index => (long)nodes.Values(index).Size);
        events.Clr.GCHeapStats += _ =>
        {
            if (bytes > 0) Task.Run(session.Stop); // the last event of the collection; the answer to Stop comes behind it
        };
        events.Process();
        return bytes;
    }
}
