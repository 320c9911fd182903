namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>A reader does not look at the meta word again after its copy.</summary>
internal sealed class SecondLookSkipped : Defect
{
    private readonly Dictionary<(Actor Actor, long Offset), ulong> _first = [];

    public override ulong Read(Actor actor, long offset)
    {
        var value = base.Read(actor, offset);
        if (actor.IsKillable || !actor.Image.IsMeta(offset))
            return value;
        _first.TryAdd((actor, offset), value);
        return _first[(actor, offset)];
    }
}
