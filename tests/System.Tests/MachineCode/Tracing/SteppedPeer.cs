using System.Diagnostics;
using System.Globalization;
using EtsPersist.Mmf.Harness.Processes;
using EtsPersist.Mmf.Peer.Stepping;
using EtsPersist.Mmf.System.Tests.MachineCode.Images;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

/// <summary>A peer that does one operation instruction by instruction.</summary>
internal sealed class SteppedPeer : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();
    private readonly PeerProcess _peer;

    /// <param name="operation">The operation's name.</param>
    /// <param name="code">What the compiler makes of its code.</param>
    /// <param name="options">More options of the peer's command.</param>
    public SteppedPeer(string operation, CompiledCode code, params string[] options)
    {
        string[] command = ["exec", ReleasedPeer.Path, "step", "--operation", operation];
        string[] setting = ["--folder", _folder["instance"], "--quiet-rehearsals", $"{code.QuietRehearsals}"];
        var start = new ProcessStartInfo(Executable.Host, [.. command, .. setting, .. options]);
        foreach (var (name, value) in code.Environment)
            start.Environment[name] = value;
        _peer = PeerProcess.StartWith(start);
    }

    /// <summary>Lets it do the operation and looks at the table after every instruction.</summary>
    public OperationTrace Trace()
    {
        var ready = _peer.WaitFor("ready").Split(' ', 2);
        OperationTrace? trace = null;
        Exception? failure = null;
        var tracer = new Thread(() =>
        {
            try
            {
                trace = Trace(int.Parse(ready[0], CultureInfo.InvariantCulture), ready[1]);
            }
            catch (Exception error)
            {
                failure = error;
            }
        });
        tracer.Start();
        if (!tracer.Join(Limit))
        {
            _peer.Kill(); // whereupon the tracer's wait ends
            tracer.Join();
        }
        if (trace is null)
            throw new InvalidOperationException($"Not traced to its end (in at most {Limit.TotalMinutes} min): {_peer.Transcript()}", failure);
        _peer.WaitFor("done");
        return trace;
    }

    public void Dispose()
    {
        _peer.Dispose();
        _folder.Dispose();
    }

    /// <summary>All on one thread, since the kernel knows tracers by thread.</summary>
    private OperationTrace Trace(int threadId, string path)
    {
        using var table = new MappedTable(path);
        var before = table.Image.Copy();
        var stores = new List<Store>();
        var thread = new SteppedThread(threadId, StepMarker.Signal);
        _peer.Say($"go");
        thread.RunToMarker();
        var since = Stopwatch.GetTimestamp();
        while (thread.Step())
        {
            if (table.HasChanged(thread.Instructions, out var store))
                stores.Add(store);
        }
        var elapsed = Stopwatch.GetElapsedTime(since);
        thread.Detach();
        return new OperationTrace(before, stores, thread.Instructions, thread.Signals, elapsed);
    }
}
