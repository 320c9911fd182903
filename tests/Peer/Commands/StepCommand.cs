using System.Runtime;
using EtsPersist.Mmf.Peer.Stepping;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>
/// Does one operation between two markers, once the test says so. Before, it rehearses on tables of its own until the compiler has nothing
/// left to do.
/// </summary>
/// <remarks>
/// Says <c>ready thread path</c>, waits for a line, does it, says <c>done</c>, and waits for another before it closes the table.
/// </remarks>
internal sealed class StepCommand : IPeerCommand
{
    private const int MostRounds = 20;

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
        if (arguments.Number("collecting", otherwise: 0) != 0)
            CollectFromNowOn();
        RunMarked(prepared);
        console.Say($"done");
        console.Listen();
    }

    /// <summary>Another thread stops this one a thousand times a second, to collect garbage.</summary>
    private static void CollectFromNowOn() => new Thread(() =>
    {
        while (true)
        {
            GC.Collect();
            Thread.Sleep(1); // the pace of the collections; nothing is waited for
        }
    })
    { IsBackground = true }.Start();

    private static void RunMarked(PreparedOperation operation)
    {
        StepMarker.Raise();
        operation.Run();
        StepMarker.Raise();
    }

    /// <summary>
    /// Until the compiler has had nothing to do for so many rehearsals in a row. Code that is compiled by what has been seen of it may
    /// never come to that: then a part of the compiler is perhaps stepped through, which takes its time and changes nothing.
    /// </summary>
    private static void Rehearse(SteppedOperation operation, string folder, PeerArguments arguments)
    {
        var enough = arguments.Number("quiet-rehearsals");
        var compiled = 0L;
        for (int rehearsals = 0, quiet = 0; quiet < enough && rehearsals < enough * MostRounds; rehearsals++)
        {
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
