using System.Globalization;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>
/// Writes a stream of operations into a public table until it is killed, and acknowledges each beside the table.
/// </summary>
/// <remarks>
/// Says <c>ready</c> once its code is compiled, then waits for <c>go mode domain writer seed rows place threads</c>. Each thread has a
/// stream, a domain, a writer's number and a place of its own.
/// </remarks>
internal sealed class WriterCommand : IPeerCommand
{
    private const int WarmUpOperations = 40;

    /// <summary>How far behind a thread's place the number lies up to which it may write; 0 for no limit.</summary>
    public const int LimitDistance = 128;

    public string Name => "writer";

    public void Run(PeerArguments arguments, PeerConsole console)
    {
        using var acknowledged = SharedCounters.Open(arguments.Text("counters"));
        using var table = TableFile.Open(arguments.Text("file"), writable: true);
        foreach (var name in (string[])["warm-up", "#warm-up"])
            ScratchTable.Use(arguments.Text("file"), name, scratch => WarmUp(scratch, name));
        console.Say($"ready");
        if (console.Listen() is not ["go", var mode, var domain, var writer, var seed, var rows, var place, var threads])
            return;
        var firstWriter = uint.Parse(writer, CultureInfo.InvariantCulture);
        var firstPlace = int.Parse(place, CultureInfo.InvariantCulture);
        Parallel(int.Parse(threads, CultureInfo.InvariantCulture), console, thread =>
        {
            var stream = new OperationStream(
                Enum.Parse<WorkloadMode>(mode), DomainOf(domain, thread), firstWriter + (uint)thread,
                ulong.Parse(seed, CultureInfo.InvariantCulture), int.Parse(rows, CultureInfo.InvariantCulture));
            var place = firstPlace + thread;
            while (true)
            {
                WaitForLimit(acknowledged, place + LimitDistance, stream.Sequence);
                stream.Next().Apply(table);
                acknowledged[place] = stream.Sequence;
            }
        });
    }

    /// <summary>The domain of each of several threads.</summary>
    public static string DomainOf(string domain, int thread) => thread == 0 ? domain : FormattableString.Invariant($"{domain}-{thread}");

    private static void WaitForLimit(SharedCounters counters, int place, long sequence)
    {
        var spinner = new SpinWait();
        while (counters[place] is not 0 and var limit && sequence >= limit)
            spinner.SpinOnce();
    }

    private static void WarmUp(TableFile scratch, string domain)
    {
        foreach (var mode in Enum.GetValues<WorkloadMode>())
        {
            var stream = new OperationStream(mode, domain, 1, 1, 16);
            for (var i = 0; i < WarmUpOperations; i++)
                stream.Next().Apply(scratch);
        }
    }

    private static void Parallel(int threads, PeerConsole console, Action<int> work)
    {
        for (var thread = 1; thread < threads; thread++)
        {
            var number = thread;
            new Thread(() => Work(number)) { IsBackground = true }.Start();
        }
        Work(0);

        void Work(int thread)
        {
            try
            {
                work(thread);
            }
            catch (Exception error)
            {
                console.Say($"failed thread {thread}: {error.ToString().ReplaceLineEndings(" | ")}");
                throw;
            }
        }
    }
}
