using System.Diagnostics;

namespace EtsPersist.Mmf.Chaos;

/// <summary>What the driver tells a saboteur on its standard input. Its end, as when the driver dies, ends the saboteur.</summary>
internal sealed class SaboteurOrders
{
    private readonly Lock _gate = new();
    private bool _works;

    /// <summary>Starts to listen.</summary>
    public SaboteurOrders() => new Thread(Listen) { IsBackground = true }.Start();

    /// <summary>Whether it shall break its guarantee and die.</summary>
    public bool Die { get; private set; }

    /// <summary>Whether it shall end with the pass.</summary>
    public bool AfterPass { get; private set; }

    /// <summary>Ends this process as <c>kill -9</c> does.</summary>
    public static void DieNow()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>The table is here: from now on death is the loop's affair.</summary>
    public void Work()
    {
        lock (_gate) _works = true;
        if (Die) DieNow();
    }

    private void Listen()
    {
        while (Console.In.ReadLine() is { } order)
        {
            if (order != Saboteur.DieOrder)
            {
                AfterPass = true;
                continue;
            }
            lock (_gate)
            {
                Die = true;
                if (!_works) DieNow();
            }
        }
        Environment.Exit(0);
    }
}
