using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Peer.Stepping;

/// <summary>What processes do with whole tables: becoming a writer and ceasing to be one, ownership, recovery.</summary>
internal static class TableOperations
{
    public static IEnumerable<SteppedOperation> All { get; } =
    [
        New("attach", TableAccess.Public, _ => { }, file => file.Attach()) with { IsVisible = false },
        New("detach", TableAccess.Public, Insert, file => file.Dispose()) with { IsVisible = false },
        New("offer", TableAccess.Protected, _ => { }, file => file.TryOffer(file.Ownership, out _)),
        New("withdraw", TableAccess.Protected, Offer, file => file.TryWithdraw(file.Ownership)),
        New("accept", TableAccess.Protected, Offer, file => file.TryAccept(file.Ownership.Epoch)),
        New("release", TableAccess.Protected, Own, file => file.TryRelease(file.Ownership.Epoch)),
        New("close as owner", TableAccess.Protected, Own, file => file.Dispose()),
    ];

    /// <summary>Settles what a dead writer has left in the test's table.</summary>
    public static PreparedOperation Recover(SteppingGround ground)
    {
        ground.CopyFromTest();
        var file = ground.Open();
        return new PreparedOperation(() => file.RecoverDead(), file.Dispose);
    }

    private static SteppedOperation New(
        string name, TableAccess access, Action<TableFile> prepare, Action<TableFile> run) => new(name, ground =>
    {
        ground.Create(access);
        var file = ground.Open();
        prepare(file);
        return new PreparedOperation(() => run(file), file.Dispose);
    });

    private static void Insert(TableFile file) => file.Insert("key of a row"u8, "value of a row"u8);

    private static void Offer(TableFile file) => file.TryOffer(file.Ownership, out _);

    private static void Own(TableFile file)
    {
        Offer(file);
        file.TryAccept(file.Ownership.Epoch);
        Insert(file);
    }
}
