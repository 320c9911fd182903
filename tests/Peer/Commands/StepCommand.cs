using System.Runtime;
using EtsPersist.Mmf.Peer.Stepping;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>
/// Does one operation between two markers, once the test says so. Before, it rehearses on tables of its own until the compiler has nothing left to do.
/// </summary>
/// <remarks>Says <c>ready thread path</c>, waits for a line, does it, says <c>done</c>, and waits for another before it closes the table.</remarks>
internal sealed class StepCommand : IPeerCommand
{
    private const int QuietRehearsals = 10;
    private const int MostRehearsals = 10_000;

    public string Name => "step";

    /// <summary>On a thread of its own: who waits for the process must not be told of the stops of its first thread.</summary>
    public void Run(PeerArguments arguments, PeerConsole console)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Step(arguments, console);
            }
            catch (Exception error)
            {
                failure = error;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
            throw new InvalidOperationException("The operation failed.", failure);
    }

    private static void Step(PeerArguments arguments, PeerConsole console)
    {
        var operation = SteppedOperations.Named(arguments.Text("operation"));
        var folder = arguments.Text("folder");
        Rehearse(operation, folder, arguments);
        GC.Collect(); // there will be room for what the operation allocates
        var ground = new SteppingGround(folder, arguments);
        using var prepared = operation.Prepare(ground);
        console.Say($"ready {StepMarker.CurrentThread} {ground.Path}");
        console.Listen();
        RunMarked(prepared);
        console.Say($"done");
        console.Listen();
    }

    private static void RunMarked(PreparedOperation operation)
    {
        StepMarker.Raise();
        operation.Run();
        StepMarker.Raise();
    }

    private static void Rehearse(SteppedOperation operation, string folder, PeerArguments arguments)
    {
        var compiled = 0L;
        var quiet = 0;
        for (var rehearsal = 0; quiet < QuietRehearsals || rehearsal < arguments.Number("rehearsals"); rehearsal++)
        {
            if (rehearsal == MostRehearsals)
                throw new InvalidOperationException($"After {rehearsal} rehearsals the compiler still has something to do.");
            var ground = new SteppingGround($"{folder}-rehearsal", arguments);
            using (var prepared = operation.Prepare(ground))
                RunMarked(prepared);
            ground.Delete();
            var now = JitInfo.GetCompiledMethodCount(currentThread: false);
            quiet = now == compiled ? quiet + 1 : 0;
            compiled = now;
        }
    }
}
