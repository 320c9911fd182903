using System.Text;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;

namespace EtsPersist.Mmf.Peer.Stepping;

/// <summary>What is done to the rows of a bag's key.</summary>
internal static class BagOperations
{
    private const int Keys = 4;
    private const int RowsOfEach = 5;

    public static IEnumerable<SteppedOperation> All { get; } =
    [
        New("insert into a bag", table => table.Insert(Key(2), Object(RowsOfEach))),
        New("insert of a bag's new key", table => table.Insert(Key(Keys), Object(0))),
        New("delete of a bag's object", table => table.DeleteObject(Key(2), Object(3))),
        New("delete of a bag's key", table => table.Delete(Key(2))),
        New("take of a bag's key", table => table.Take(Key(2), new ScanPage())),
        New("batch into a bag", Commit),
    ];

    private static SteppedOperation New(string name, Action<TableFile> run) => new(name, ground =>
    {
        ground.Create(TableAccess.Public, TableKind.Bag);
        var table = ground.Open();
        for (var row = 0; row < Keys * RowsOfEach; row++)
            table.Insert(Key(row % Keys), Object(row / Keys));
        return new PreparedOperation(() => run(table), table.Dispose);
    });

    private static void Commit(TableFile table)
    {
        var plan = new BatchPlan();
        plan.Insert(Key(0), Object(RowsOfEach));
        plan.Insert(Key(0), Object(1));
        plan.DeleteObject(Key(1), Object(2));
        plan.Insert(Key(Keys), Object(0));
        plan.Delete(Key(3));
        table.Commit(plan);
    }

    private static byte[] Key(int number) => Encoding.ASCII.GetBytes($"the key {number}");

    private static byte[] Object(int number) => Encoding.ASCII.GetBytes($"object {number} of the key");
}
