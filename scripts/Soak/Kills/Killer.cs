using System.Diagnostics;

namespace EtsPersist.Mmf.Soak;

/// <summary>Kills, several at once or moments apart, and has every death looked at.</summary>
internal sealed class Killer(Findings findings, OperationTimes times, Random random)
{
    private const int ExitCodeOfSigkill = 128 + 9;
    private const int LongestPauseMicroseconds = 2_000;
    private static readonly TimeSpan Death = TimeSpan.FromSeconds(30);

    private static readonly BlowKind[] Deck =
    [
        .. Enumerable.Repeat(BlowKind.Writer, 4),
        .. Enumerable.Repeat(BlowKind.TwoWriters, 3),
        .. Enumerable.Repeat(BlowKind.ThreeWriters, 2),
        .. Enumerable.Repeat(BlowKind.ArrivingWriter, 3),
        .. Enumerable.Repeat(BlowKind.WritersAndRecoverer, 2),
        .. Enumerable.Repeat(BlowKind.Reader, 2),
        .. Enumerable.Repeat(BlowKind.Worker, 2),
        BlowKind.TwoWorkers,
        BlowKind.Manager,
        BlowKind.WorkerAndManager,
    ];

    private readonly Queue<BlowKind> _deck = new();

    /// <summary>How many processes were killed, by role.</summary>
    public Dictionary<Role, int> Kills { get; } = Enum.GetValues<Role>().ToDictionary(role => role, _ => 0);

    /// <summary>Strikes once among the processes that run.</summary>
    public void Strike(IReadOnlyCollection<Seat> seats)
    {
        if (_deck.Count == 0)
        {
            var deck = Deck.ToArray();
            random.Shuffle(deck);
            foreach (var kind in deck) _deck.Enqueue(kind);
        }
        var blow = _deck.Dequeue();
        if (blow == BlowKind.ArrivingWriter) KillArriving(seats);
        else Kill(VictimsOf(blow).GroupBy(role => role).SelectMany(role => Pick(seats, role.Key, role.Count())).ToArray(), together: random.Next(3) == 0);
    }

    /// <summary>Kills the processes in these places and vacates them.</summary>
    /// <param name="victims">The places, in order.</param>
    /// <param name="together">Without a pause between them.</param>
    public void Kill(IReadOnlyCollection<Seat> victims, bool together)
    {
        if (victims.Count == 0) return;
        var from = MonotonicClock.Nanoseconds;
        foreach (var victim in victims)
        {
            if (!together) SpinForAMoment();
            victim.Occupant!.Strike();
        }
        foreach (var victim in victims) AwaitDeath(victim.Occupant!);
        times.AddKill(from, MonotonicClock.Nanoseconds);
        foreach (var victim in victims)
        {
            Kills[victim.Role]++;
            if (OperatingSystem.IsLinux() && victim.Occupant!.ExitCode != ExitCodeOfSigkill) ReportFallen(victim);
            victim.Vacate();
        }
    }

    /// <summary>Reports processes that ended by themselves, which none does.</summary>
    public void BuryFallen(IEnumerable<Seat> seats)
    {
        foreach (var seat in seats.Where(seat => seat.Occupant is { HasExited: true }))
        {
            ReportFallen(seat);
            seat.Vacate();
        }
    }

    private void ReportFallen(Seat seat)
    {
        seat.Occupant!.Drain();
        findings.Error($"{seat.Role} ended by itself:{Environment.NewLine}{seat.Occupant.Describe()}");
    }

    private static Role[] VictimsOf(BlowKind blow) => blow switch
    {
        BlowKind.Writer => [Role.Writer],
        BlowKind.TwoWriters => [Role.Writer, Role.Writer],
        BlowKind.ThreeWriters => [Role.Writer, Role.Writer, Role.Writer],
        BlowKind.WritersAndRecoverer => [Role.Writer, Role.Writer, Role.Recoverer],
        BlowKind.Reader => [Role.Reader],
        BlowKind.Worker => [Role.Worker],
        BlowKind.TwoWorkers => [Role.Worker, Role.Worker],
        BlowKind.Manager => [Role.Manager],
        _ => [Role.Worker, Role.Manager],
    };

    private void KillArriving(IReadOnlyCollection<Seat> seats)
    {
        var seat = Pick(seats, Role.Writer, 1);
        Kill(seat, together: true);
        foreach (var vacant in seat) vacant.TryFill();
        Kill(seat.Where(filled => filled.Occupant is not null).ToArray(), together: false);
    }

    private Seat[] Pick(IEnumerable<Seat> seats, Role role, int count)
    {
        var choices = seats.Where(seat => seat.Role == role && seat.Occupant is { HasExited: false }).ToArray();
        random.Shuffle(choices);
        return choices[..Math.Min(count, choices.Length)];
    }

    private static void AwaitDeath(ChildProcess victim)
    {
        if (!victim.WaitForExit(Death)) throw new StuckException($"{victim.Name} did not die within {Death.TotalSeconds} s of SIGKILL.");
    }

    private void SpinForAMoment()
    {
        var end = Stopwatch.GetTimestamp() + (random.Next(LongestPauseMicroseconds) * (Stopwatch.Frequency / 1_000_000));
        while (Stopwatch.GetTimestamp() < end) Thread.SpinWait(20);
    }
}
