using System.Diagnostics;

namespace EtsPersist.Mmf.Soak;

/// <summary>One run: rounds of killing on public tables, and one table that is handed over all the time.</summary>
internal sealed class SoakRun : IDisposable
{
    private const int Workers = 3;
    private const int Managers = 2;
    private const int WriterPlaces = 64;
    private const int MostErrors = 20;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LeastRoundTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostPreparation = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostExtraTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(3);

    private readonly SoakOptions _options;
    private readonly SoakFolder _folder;
    private readonly CancellationToken _cancelled;
    private readonly Random _random;
    private readonly Findings _findings = new();
    private readonly OperationTimes _times = new();
    private readonly OwnershipLedger _ledger = new();
    private readonly OwnedTableView _owned;
    private readonly Killer _killer;
    private readonly Blows _blows;
    private readonly Reserve _reserve;
    private readonly WorkerSeat[] _workers;
    private readonly ManagerSeat[] _managers;
    private int _processes;
    private int _rounds;

    /// <summary>Prepares a run.</summary>
    public SoakRun(SoakOptions options, SoakFolder folder, CancellationToken cancelled)
    {
        (_options, _folder, _cancelled) = (options, folder, cancelled);
        _random = new Random(options.Seed);
        _owned = new OwnedTableView(folder);
        _killer = new Killer(_findings, _times, _random);
        _blows = new Blows(_killer, folder.Counters, _owned, _random);
        _reserve = new Reserve(folder);
        _workers = [.. Enumerable.Range(0, Workers).Select(_ => new WorkerSeat(folder, _ledger, _owned, options.Sabotage, () => ++_processes))];
        _managers = [.. Enumerable.Range(0, Managers).Select(_ => new ManagerSeat(folder, _owned, () => ++_processes))];
    }

    /// <summary>Runs.</summary>
    /// <exception cref="StuckException">The processes do not go on.</exception>
    public SoakResult Run()
    {
        Console.WriteLine($"Kills for {_options.Time.TotalMinutes:0.##} minutes; seed {_options.Seed}.");
        Prepare();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) is var passed && (passed < _options.Time || (!HasEnough && passed < _options.Time + MostExtraTime)))
        {
            RunRound(TimeSpan.FromTicks(Math.Clamp((_options.Time - passed).Ticks, LeastRoundTime.Ticks, RoundTime.Ticks)));
            Tell(Stopwatch.GetElapsedTime(began));
        }
        _blows.StrikeAll([.. _workers, .. _managers]);
        return Judge(Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Kills what still runs.</summary>
    public void Dispose()
    {
        foreach (var seat in _workers.Concat<Seat>(_managers)) seat.Dispose();
        _reserve.Dispose();
        _owned.Dispose();
    }

    /// <summary>Whether everything that the run is about has happened; else it goes on for a while after its time.</summary>
    private bool HasEnough => _options.Sabotage switch
    {
        Sabotage.None => _ledger.HandOffs > 0 && _killer.Kills.ByRole.All(role => role.Count > 0),
        Sabotage.DoubleOwners => _ledger.HandOffs > 1,
        _ => _findings.Acknowledged > 0,
    };

    /// <summary>Waits until the table has its first owner and the reserve is full: what is killed is to be at work, not starting.</summary>
    private void Prepare()
    {
        Seat[] seats = [.. _workers, .. _managers];
        TendUntil(() => _owned.HasLivingOwner && IsReady(seats), seats);
    }

    /// <summary>Whether nothing is starting any more.</summary>
    private bool IsReady(Seat[] seats) => _reserve.IsFull && seats.All(seat => seat.IsReady);

    /// <exception cref="StuckException">It does not come about.</exception>
    private void TendUntil(Func<bool> condition, Seat[] seats)
    {
        Tend(condition, seats, MostExtraTime);
        if (!condition()) throw new StuckException("The processes do not come to work.");
    }

    private void Tend(Func<bool> condition, Seat[] seats, TimeSpan most)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(began) < most)
        {
            _cancelled.ThrowIfCancellationRequested();
            Tend(seats);
            Thread.Sleep(Tick);
        }
    }

    private void Tell(TimeSpan passed)
    {
        var (kills, operations) = (_killer.Kills.All, _findings.Acknowledged + _ledger.Acknowledgements);
        Console.WriteLine($"{passed:hh\\:mm\\:ss}  {kills,6} kills, {operations,13:n0} operations, {_ledger.HandOffs,5} hand-offs");
    }

    /// <summary>A round, whose time begins when all its processes are there.</summary>
    private void RunRound(TimeSpan time)
    {
        var surroundings = new WriterSurroundings(_folder, _reserve, _findings, _times, _random, _options.Sabotage);
        using var round = new Round(surroundings, ++_rounds);
        Seat[] seats = [.. round.Seats, .. _workers, .. _managers];
        TendUntil(() => seats.All(seat => seat.Occupant is not null), seats);
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time;)
        {
            Tend(() => IsReady(seats), seats, MostPreparation);
            _blows.Strike(seats);
        }
        _blows.StrikeAll(round.Seats);
        _times.Settle();
        round.Judge();
    }

    private void Tend(Seat[] seats)
    {
        if (_findings.Errors > MostErrors) throw new StuckException(string.Join(Environment.NewLine, _findings.Messages));
        _killer.BuryFallen(seats);
        _reserve.Complete();
        foreach (var seat in seats) seat.TryFill();
        foreach (var worker in _workers) worker.Observe();
        foreach (var manager in _managers) manager.Observe();
    }

    private SoakResult Judge(TimeSpan took)
    {
        var owned = OwnedTableCheck.Judge(_folder, _ledger, _findings);
        var counters = _folder.Counters;
        long OfReaders(Func<int, int> place) => Enumerable.Range(0, Round.Readers).Sum(reader => counters[place(reader)]);
        return new SoakResult
        {
            Minutes = took.TotalMinutes,
            Seed = _options.Seed,
            Kills = _killer.Kills,
            DoneNotAcknowledged = _findings.DoneNotAcknowledged,
            Settled = counters[Places.Settled],
            Rounds = _rounds,
            HandOffs = _ledger.HandOffs,
            Acknowledged = _findings.Acknowledged + _ledger.Acknowledgements,
            Reads = OfReaders(Places.Reads),
            Lost = _findings.LostRows + owned.Lost,
            Torn = _findings.TornRows + owned.Torn,
            LeakedBytes = _findings.LeakedBytes,
            DoubleOwners = owned.DoubleOwners,
            ReaderWaits = OfReaders(Places.ReaderWaits),
            ReadErrors = OfReaders(Places.WrongReads),
            Errors = _findings.Errors,
            LongestWaitForDeadMs = Enumerable.Range(0, WriterPlaces).Max(writer => counters[Places.WaitForDead(writer)]) / 1e6,
            LongestWriterWaitMs = _times.LongestBesideKill,
            LongestQuietOperationMs = _times.LongestOfOthers,
            Messages = _findings.Messages,
        };
    }
}
