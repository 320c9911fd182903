namespace EtsPersist.Mmf.Soak;

/// <summary>How many processes were killed, by what they were and what they were doing.</summary>
internal sealed class KillCounts
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();
    private static readonly KillMoment[] Moments = Enum.GetValues<KillMoment>();
    private readonly int[,] _counts = new int[Roles.Length, Moments.Length];

    /// <summary>All kills.</summary>
    public int All => Roles.Sum(Of);

    /// <summary>All kills by role.</summary>
    public IEnumerable<(Role Role, int Count)> ByRole => Roles.Select(role => (role, Of(role)));

    /// <summary>All kills by moment.</summary>
    public IEnumerable<(KillMoment Moment, int Count)> ByMoment =>
        Moments.Select(moment => (moment, Roles.Sum(role => _counts[(int)role, (int)moment])));

    /// <summary>Kills of a role.</summary>
    public int Of(Role role) => OfByMoment(role).Sum(moment => moment.Count);

    /// <summary>Kills of a role by moment, those without any left out.</summary>
    public IEnumerable<(KillMoment Moment, int Count)> OfByMoment(Role role) =>
        Moments.Select(moment => (moment, Count: _counts[(int)role, (int)moment])).Where(moment => moment.Count > 0);

    /// <summary>Somebody was killed.</summary>
    public void Add(Role role, KillMoment moment) => _counts[(int)role, (int)moment]++;
}
