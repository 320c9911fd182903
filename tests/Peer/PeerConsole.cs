namespace EtsPersist.Mmf.Peer;

/// <summary>What a peer says and is told, line by line. Any thread may speak.</summary>
internal sealed class PeerConsole
{
    private readonly Lock _gate = new();
    private readonly TextReader _input = Console.In;
    private readonly TextWriter _output = Console.Out;

    /// <summary>Tells the test something; the first word says what it is.</summary>
    public void Say(FormattableString line)
    {
        lock (_gate)
        {
            _output.WriteLine(FormattableString.Invariant(line));
            _output.Flush();
        }
    }

    /// <summary>Waits for a line from the test, word by word. Empty once the test is gone.</summary>
    public string[] Listen() => _input.ReadLine()?.Split(' ') ?? [];

    /// <summary>Something that is over once the test says anything or is gone.</summary>
    public CancellationToken UntilTold()
    {
        var told = new CancellationTokenSource();
        new Thread(() =>
        {
            Listen();
            told.Cancel();
        })
        { IsBackground = true }.Start();
        return told.Token;
    }
}
