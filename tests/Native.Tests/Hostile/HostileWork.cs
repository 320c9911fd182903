using System.Text;
using EtsPersist.Mmf.Native.Engine.Batches;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>Everything that changes rows: each operation on old rows and new ones, of all sizes, in place and not, batches and a split.</summary>
internal static class HostileWork
{
    private static readonly int[] Lengths = [0, 3, 8, 20, 44, 300];

    public static void Run(HostileTrial trial, HostileTable table, string[] keys)
    {
        foreach (var key in keys.Where((_, place) => place % 4 == 0))
            trial.Do(() => table.Insert(key, HostileScene.Value(8, 1)));
        foreach (var key in keys.Where((_, place) => place % 4 == 1))
            trial.Do(() => table.Insert(key, HostileScene.Value(60, 2)));
        foreach (var key in keys.Where((_, place) => place % 4 == 2))
            trial.Do(() => table.Delete(key));
        for (var row = 0; row < Lengths.Length; row++)
        {
            var (key, value) = (HostileScene.KeyOf('n', row), HostileScene.Value(Lengths[row], row));
            trial.Do(() => table.Insert(key, value));
        }
        for (var times = 0; times < 2 && !table.IsBag; times++)
            trial.Do(() => table.Count("counter1"));
        trial.Do(() => table.Commit(Plan(keys, table.IsBag)));
        trial.Do(table.Split);
    }

    private static BatchPlan Plan(string[] keys, bool isBag)
    {
        var plan = new BatchPlan();
        for (var row = 0; row < 6; row++)
            plan.Insert(Encoding.UTF8.GetBytes(HostileScene.KeyOf('b', row)), HostileScene.Value(8, row));
        foreach (var key in keys.Where((_, place) => place % 4 == 3).Take(4))
            plan.Delete(Encoding.UTF8.GetBytes(key));
        if (isBag)
            plan.DeleteObject(Encoding.UTF8.GetBytes(HostileScene.KeyOf('b', 0)), HostileScene.Value(8, 0));
        else
            plan.UpdateCounter("counter1"u8, 1, 0);
        return plan;
    }
}
