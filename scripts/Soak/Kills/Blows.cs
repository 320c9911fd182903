namespace EtsPersist.Mmf.Soak;

/// <summary>
/// One blow after the other, each in the middle of a shift of those whom it concerns: they work, some are killed, and the others go on for
/// a while with what the dead left.
/// </summary>
internal sealed class Blows(Killer killer, SharedCounters counters, OwnedTableView owned, Random random)
{
    private const int MostOperations = 15_000;
    private const int MostOperationsOfOwner = 600;
    private const int MostMicrosecondsAfterAnEvent = 100;
    private const int MostMicrosecondsOfArrival = 4_000;
    private static readonly TimeSpan MostForEnough = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostForEveryone = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostForAnEvent = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan MostForAHandOff = TimeSpan.FromMilliseconds(300);

    private readonly BlowDeck _deck = new(random);

    /// <summary>Strikes once.</summary>
    public void Strike(IReadOnlyCollection<Seat> seats)
    {
        var blow = _deck.Next();
        var tables = seats.Where(seat => seat.Role == Role.Writer).Select(seat => seat.Crew).Distinct().ToArray();
        int[] crews = blow >= BlowKind.Worker ? [Crew.Workers, Crew.Managers] : [tables[random.Next(tables.Length)], Crew.Recoverers];
        var concerned = seats.Where(seat => crews.Contains(seat.Crew) && seat.Occupant is { HasExited: false }).ToArray();
        using (new Shift(counters, concerned))
        {
            Work(concerned);
            Strike(blow, concerned);
            if (blow >= BlowKind.Worker) Pauses.Until(() => owned.HasLivingOwner, MostForAHandOff);
            Work(concerned);
        }
    }

    /// <summary>Strikes all at once, in the middle of their work.</summary>
    public void StrikeAll(IEnumerable<Seat> seats)
    {
        var victims = seats.Where(seat => seat.Occupant is not null).ToArray();
        using var shift = new Shift(counters, victims);
        Work(victims);
        killer.Kill(victims, between: () => { });
    }

    private void Strike(BlowKind blow, Seat[] seats)
    {
        switch (blow)
        {
            case BlowKind.Writer:
                killer.Kill(PickWriters(seats, 1));
                break;
            case BlowKind.TwoWriters:
                killer.Kill(PickWriters(seats, 2));
                break;
            case BlowKind.ThreeWriters:
                killer.Kill(PickWriters(seats, 3));
                break;
            case BlowKind.ArrivingWriter:
                KillArriving(PickWriters(seats, 1));
                break;
            case BlowKind.WritersAndRecoverer:
                killer.Kill([.. PickWriters(seats, 2), .. Pick(seats, Role.Recoverer, 1)], between: AwaitRecovery);
                break;
            case BlowKind.Reader:
                killer.Kill(Pick(seats, Role.Reader, 1));
                break;
            case BlowKind.Worker:
                killer.Kill(Pick(seats, Role.Worker, 1));
                break;
            case BlowKind.Manager:
                killer.Kill(Pick(seats, Role.Manager, 1));
                break;
            default:
                KillOwner(seats, blow);
                break;
        }
    }

    private void KillArriving(Seat[] seats)
    {
        killer.Kill(seats);
        foreach (var vacant in seats) vacant.TryFill();
        Pauses.Spin(random.Next(MostMicrosecondsOfArrival));
        killer.Kill(seats.Where(filled => filled.Occupant is not null).ToArray());
    }

    private void KillOwner(Seat[] seats, BlowKind blow)
    {
        var owner = seats.OfType<WorkerSeat>().Where(worker => worker.IsOwner).Take(1).ToArray();
        var others = seats.Except(owner).ToArray();
        Seat[] second = blow switch
        {
            BlowKind.OwnerAndSuccessor => Pick(others, Role.Worker, 1),
            BlowKind.OwnerAndManager => [.. others.OfType<ManagerSeat>().Where(manager => manager.Serves).Take(1)],
            _ => [],
        };
        var before = owned.Ownership;
        killer.Kill([.. owner, .. second], between: () => AwaitHandOff(before));
    }

    /// <summary>Until the recoverer has found somebody dead.</summary>
    private void AwaitRecovery() => Pauses.SpinUntil(() => counters[Places.Settling] != 0, MostForAnEvent);

    /// <summary>Until the kernel has told the manager of the owner's death and the manager has begun to act.</summary>
    private void AwaitHandOff(Native.Ownership? before)
    {
        Pauses.Until(() => owned.Ownership != before, MostForAnEvent);
        if (random.Next(2) == 0) Pauses.Spin(random.Next(MostMicrosecondsAfterAnEvent));
    }

    /// <summary>
    /// Until everyone has done something and all together have done enough. So on a busy machine nobody is killed who has not begun, and after a
    /// kill nobody gets away with waiting for ever.
    /// </summary>
    /// <exception cref="StuckException">A process does not go on.</exception>
    private void Work(Seat[] seats)
    {
        var before = seats.ToDictionary(seat => seat, seat => seat.Progress);
        var enough = Done() + random.Next(seats.Any(seat => seat.Role == Role.Writer) ? MostOperations : MostOperationsOfOwner);
        long Done() => seats.Where(seat => seat.Role == Role.Writer).Sum(seat => seat.Progress ?? 0) + counters[Places.DoneByOwners];
        bool HasGoneOn(Seat seat) => seat.Occupant is null || seat.Progress is null || seat.Progress != before[seat];
        Pauses.SleepUntil(() => Done() > enough, MostForEnough);
        Pauses.SleepUntil(() => seats.All(HasGoneOn), MostForEveryone);
        if (Array.Find(seats, seat => !HasGoneOn(seat) && !seat.Occupant!.HasExited) is { } stuck)
            throw new StuckException($"{stuck.Role}: nothing done for {MostForEveryone.TotalSeconds} s.{Environment.NewLine}{stuck.Occupant!.Describe()}");
    }

    /// <summary>Those first that are in the middle of something.</summary>
    private Seat[] PickWriters(Seat[] seats, int count) =>
        [.. Pick(seats, Role.Writer, seats.Length).OrderByDescending(seat => seat.IsAtWork).Take(count)];

    private Seat[] Pick(IEnumerable<Seat> seats, Role role, int count)
    {
        var choices = seats.Where(seat => seat.Role == role && seat.Occupant is { HasExited: false }).ToArray();
        random.Shuffle(choices);
        return choices[..Math.Min(count, choices.Length)];
    }
}
