using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Bags;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What an actor does in a bag. The objects of a key are the digits of one number; see <see cref="Objects"/>.</summary>
internal sealed unsafe partial class ActorTable
{
    private readonly BagPlan<SteppedMemory> _bag = new(context.Space);
    private readonly ScanPage _page = new();

    public void DeleteObject(char key, long value) => Run(
        $"delete {key}={value}",
        rows => Objects.Without(rows[key], value) is var (left, deleted) ? (rows.With(key, left), deleted) : default,
        () => BagWriter<SteppedMemory>.DeleteObject(Writer, _bag, keys[key], Values.Encode(value, isEntry: false)));

    private long? TakeBag(byte[] key)
    {
        BagWriter<SteppedMemory>.Take(Writer, _bag, key, _page);
        return Objects.Of(_page, 0, _page.Count);
    }

    private long? ReadBag(byte[] key)
    {
        _page.Clear(hasBagRows: true);
        BagReader<SteppedMemory>.Lookup(Space, new BagKey(Space, key, []), _page);
        return Objects.Of(_page, 0, _page.Count);
    }

    private void ScanBag()
    {
        var rows = Rows.Empty;
        var step = Run("scan", before => (before, null), () =>
        {
            rows = Objects.All(Space, keys, out _);
            return null;
        });
        actor!.Execution.History.AddReads(step, Keys.All.Select(key => (key, rows[key])));
    }
}
