using EtsPersist.Mmf.Native.Engine.Batches;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>A batch and what it should do.</summary>
internal sealed class Batch(Keys keys, bool isEntry, TableKind kind)
{
    private readonly List<Func<Rows, Rows>> _steps = [];
    private readonly List<string> _names = [];
    private readonly List<char> _keys = [];

    public BatchPlan Plan { get; } = new();

    public string Name => string.Join(", ", _names);

    public Batch Insert(char key, long value)
    {
        Plan.Insert(keys[key], Values.Encode(value, isEntry));
        return Add($"{key}={value}", key, rows => rows.With(key, Objects.Insert(kind, rows[key], value)));
    }

    public Batch Delete(char key)
    {
        Plan.Delete(keys[key]);
        return Add($"delete {key}", key, rows => rows.With(key, null));
    }

    public Batch DeleteObject(char key, long value)
    {
        Plan.DeleteObject(keys[key], Values.Encode(value, isEntry));
        return Add($"delete {key}={value}", key, rows => rows.With(key, Objects.Without(rows[key], value).Left));
    }

    public Batch Count(char key, long increment)
    {
        Plan.UpdateCounter(keys[key], increment, 0);
        return Add($"{key}+={increment}", key, rows => rows.With(key, (rows[key] ?? 0) + increment));
    }

    public (Rows Rows, long? Answer) Apply(Rows rows, bool onlyIfAllNew) =>
        onlyIfAllNew && _keys.Any(key => rows[key] is not null) ? (rows, 0) : (_steps.Aggregate(rows, (before, step) => step(before)), 1);

    private Batch Add(string name, char key, Func<Rows, Rows> step)
    {
        _names.Add(name);
        _keys.Add(key);
        _steps.Add(step);
        return this;
    }
}
