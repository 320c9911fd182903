namespace EtsPersist.Mmf.Chaos;

/// <summary>The order of blows of a run: random, but such that short runs meet every kind.</summary>
internal static class KillPlan
{
    /// <summary>How many processes a blow kills.</summary>
    public static int Victims(KillKind kind) => kind is KillKind.OwnerAndSuccessor or KillKind.ManagerAndOwner ? 2 : 1;

    /// <summary>The blows, without end.</summary>
    /// <param name="options">The target, the number of workers and of standbys.</param>
    /// <param name="random">The source of the order.</param>
    public static IEnumerable<KillKind> Blows(ChaosOptions options, Random random)
    {
        // The first blow hits the owner wherever owners are hit at all: a run of one kill, and a sabotaged one, has its hand-over.
        if (options.Target != KillTarget.Manager) yield return KillKind.Owner;
        while (true)
        {
            var deck = Deck(options).ToArray();
            random.Shuffle(deck);
            foreach (var kind in deck) yield return kind;
        }
    }

    private static IEnumerable<KillKind> Deck(ChaosOptions options) => options.Target switch
    {
        KillTarget.Owner => [KillKind.Owner],
        KillTarget.Manager => [KillKind.Manager],
        KillTarget.Random => Enumerable.Repeat(KillKind.Waiting, options.Workers - 1).Append(KillKind.Owner),
        _ => Everything(options),
    };

    private static IEnumerable<KillKind> Everything(ChaosOptions options)
    {
        KillKind[] always = [KillKind.Owner, KillKind.Owner, KillKind.Owner, KillKind.Manager, KillKind.Manager];
        KillKind[] standby = options.Standbys > 0 ? [KillKind.Standby] : [];
        KillKind[] waiting = options.Workers > 1 ? [KillKind.Waiting] : [];
        if (options.Sabotage != SabotageKind.None) return [.. always, .. standby, .. waiting];

        KillKind[] manager = [KillKind.ManagerAndOwner];
        KillKind[] successor = options.Workers > 2 ? [KillKind.OwnerAndSuccessor] : [];
        return [.. always, .. standby, .. waiting, .. manager, .. successor];
    }
}
