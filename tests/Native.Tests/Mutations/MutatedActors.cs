using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Tests.Crash;
using EtsPersist.Mmf.Native.Tests.Interleavings;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>
/// Makes the stores of all actors as a changed engine would. One that is to come later is seen by its own actor at once and by the others when it is
/// made, and never if the actor is killed before.
/// </summary>
/// <param name="mutation">The change.</param>
/// <param name="note">Is told of each store.</param>
internal sealed class MutatedActors(Mutation mutation, Action<StoreSite> note) : Defect
{
    private readonly StoreSite _first = mutation.First;
    private readonly StoreSite? _second = (mutation as SwappedStores)?.Later;
    private readonly bool _isDropped = mutation is DroppedStore;
    private readonly Dictionary<Actor, List<(long Offset, byte[] Bytes)>> _late = [];

    public override void Write(Actor actor, long offset, ulong value) =>
        Make(actor, offset, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in value)), () => actor.Write(offset, value));

    public override void Fill(Actor actor, long offset, ReadOnlySpan<byte> source)
    {
        var bytes = source.ToArray();
        Make(actor, offset, bytes, () => actor.Fill(offset, bytes));
    }

    public override bool CompareExchange(Actor actor, long offset, ulong expected, ulong value)
    {
        note(actor.Store.Site);
        if (actor.Store.Site == _first)
        {
            MakeLate(actor);
            if (Read(actor, offset) != expected)
                return false;
            if (!_isDropped)
                Hold(actor, offset, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in value)));
            return true;
        }
        if (actor.Store.Site != _second)
            MakeLate(actor);
        var exchanged = actor.CompareExchange(offset, expected, value);
        MakeLate(actor);
        return exchanged;
    }

    public override ulong Read(Actor actor, long offset)
    {
        var value = actor.Read(offset);
        var bytes = MemoryMarshal.AsBytes(new Span<ulong>(ref value));
        foreach (var late in LateOf(actor))
        {
            var from = (int)Math.Max(0, late.Offset - offset);
            var to = (int)Math.Min(sizeof(ulong), late.Offset + late.Bytes.Length - offset);
            if (from < to)
                late.Bytes.AsSpan((int)(offset + from - late.Offset), to - from).CopyTo(bytes[from..]);
        }
        return value;
    }

    public override void Rest(Actor actor) => MakeLate(actor);

    private List<(long Offset, byte[] Bytes)> LateOf(Actor actor) => _late.TryGetValue(actor, out var late) ? late : _late[actor] = [];

    private void Make(Actor actor, long offset, ReadOnlySpan<byte> bytes, Action make)
    {
        var (site, kind) = actor.Store;
        note(site);
        var late = LateOf(actor);
        if (late.Count > 0 && site == _second && !Overlaps(late, offset, bytes.Length))
        {
            make();
            MakeLate(actor);
            return;
        }
        var length = bytes.Length;
        var isNextPart = site == _first && late.Count > 0 && IsNextPart(late[^1], offset);
        var mayPass = kind == StoreKind.Fill && !Overlaps(late, offset, bytes.Length) && (site != _first || isNextPart);
        if (_second is not null && !mayPass)
            MakeLate(actor);
        if (site != _first)
            make();
        if (site != _first || !_isDropped)
            late.RemoveAll(held => Overlaps([held], offset, length));
        if (site == _first && !_isDropped)
            Hold(actor, offset, bytes);
    }

    private static bool IsNextPart((long Offset, byte[] Bytes) late, long offset) => late.Offset + late.Bytes.Length == offset;

    private static bool Overlaps(List<(long Offset, byte[] Bytes)> late, long offset, int length) =>
        late.Exists(held => held.Offset < offset + length && offset < held.Offset + held.Bytes.Length);

    private void Hold(Actor actor, long offset, ReadOnlySpan<byte> bytes) => LateOf(actor).Add((offset, bytes.ToArray()));

    private void MakeLate(Actor actor)
    {
        var late = LateOf(actor);
        if (late.Count == 0)
            return;
        var stores = late.ToArray();
        late.Clear();
        foreach (var (offset, bytes) in stores)
        {
            if (bytes.Length == sizeof(ulong) && offset % sizeof(ulong) == 0)
                actor.Write(offset, BitConverter.ToUInt64(bytes));
            else
                actor.Fill(offset, bytes);
        }
    }
}
