using FsCheck;
using FsCheck.Fluent;

namespace EtsPersist.Mmf.Peer.Programs;

/// <summary>Random programs: few keys, counts and texts, so that operations meet the same rows again and again.</summary>
internal sealed class Steps
{
    private const int LowestKey = -3;
    private const int HighestKey = 20;
    private const int MostInList = 6;

    private static readonly Gen<int> Numbers = Gen.Choose(-3, 9);
    private static readonly Gen<int> Limits = Gen.Choose(1, 12);

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("a", "b", "c", ""), Gen.Choose(8, 900).Select(length => new string('x', length)));

    private static readonly Gen<CounterUpdate> Updates =
        from increment in Numbers
        from threshold in Gen.OneOf(Gen.Constant((long?)null), Numbers.Select(number => (long?)number))
        from set in Numbers
        select new CounterUpdate(increment, threshold, set);

    private readonly TableKind _kind;
    private readonly bool _isAlone;
    private readonly Gen<int> _keys;
    private readonly Gen<Item> _items;
    private readonly Gen<Item[]> _lists;

    /// <summary>Steps on a table of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="share">The part of the keys that the process keeps to; null where it has the table for itself.</param>
    public Steps(TableKind kind, KeyShare? share = null)
    {
        _kind = kind;
        _isAlone = share is null;
        _keys = Gen.Choose(LowestKey, HighestKey).Select(key => share?.KeyOf(key) ?? key);
        _items = from key in _keys
                 from count in Numbers
                 from text in Texts
                 select new Item(key, count, text);
        _lists = Gen.Choose(0, MostInList).SelectMany(length => _items.ArrayOf(length));
    }

    /// <summary>Programs; a smaller one is one with fewer steps.</summary>
    public Arbitrary<Step[]> Programs(int mostSteps) => Arb.From(
        Gen.Choose(1, mostSteps).SelectMany(length => One().ArrayOf(length)), Shorter);

    /// <summary>The program without some of its steps: without a half, without a quarter, and so on down to one.</summary>
    private static IEnumerable<Step[]> Shorter(Step[] program)
    {
        for (var cut = (program.Length + 1) / 2; cut > 0; cut /= 2)
        {
            for (var start = 0; start + cut <= program.Length; start += cut)
                yield return [.. program[..start], .. program[(start + cut)..]];
        }
    }

    private Gen<Step> One() =>
        from step in Gen.Frequency(
            (6, Gen.OneOf(Inserts())), (5, Gen.OneOf(Deletes())), (4, Gen.OneOf(Changes())), (4, Gen.OneOf(Lookups())), (3, Gen.OneOf(Selections())))
        from byOther in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        select step with { ByOther = byOther };

    private IEnumerable<Gen<Step>> Inserts()
    {
        yield return _items.Select(item => Write($"insert {item}", items => Done(() => items.Insert(item))));
        yield return _items.Select(item => Write($"insert new {item}", items => items.InsertNew(item)));
        yield return _lists.Select(list => Write($"insert [{string.Join<Item>(' ', list)}]", items => Done(() => items.InsertMany(list))));
        yield return _lists.Select(list => Write($"insert new [{string.Join<Item>(' ', list)}]", items => items.InsertNewMany(list)));
    }

    private IEnumerable<Gen<Step>> Deletes()
    {
        yield return _keys.Select(key => Write($"take {key}", items => items.Take(key)));
        yield return _keys.Select(key => Write($"delete {key}", items => items.Delete(key)));
        yield return _items.Select(item => Write($"delete object {item}", items => items.DeleteObject(item)));
        yield return Gen.Choose(4, 12).Select(above => Write($"delete above {above}", items => items.SelectDelete(above)));
        if (_isAlone) yield return Gen.Constant(Write("delete all", items => Done(items.DeleteAll)));
    }

    private IEnumerable<Gen<Step>> Changes()
    {
        yield return Numbers.Select(above => Write($"add one above {above}", items => items.AddOne(above)));
        yield return from key in _keys
                     from text in Texts
                     select Write($"update text {key} to {text.Length} characters", items => items.UpdateText(key, text));
        yield return from expected in _items
                     from text in Texts
                     select Write($"exchange {expected} for {text.Length} characters", items => items.CompareExchange(expected, expected with { Text = text }));
        yield return from key in _keys
                     from update in Updates
                     select Write($"count {key} {update}", items => items.UpdateCounter(key, update));
        yield return from key in _keys
                     from update in Updates
                     from initial in _items
                     select Write($"count {key} {update} from {initial}", items => items.UpdateCounter(key, update, initial));
    }

    private IEnumerable<Gen<Step>> Lookups()
    {
        yield return _keys.Select(key => Read($"lookup {key}", items => items.Lookup(key)));
        yield return _keys.Select(key => Read($"member {key}", items => items.Contains(key)));
        yield return _keys.Select(key => Read($"counts {key}", items => items.Counts(key)));
        if (!_isAlone || _kind != TableKind.OrderedSet) yield break;
        yield return Gen.Constant(Read("first", items => items.First()));
        yield return Gen.Constant(Read("last", items => items.Last()));
        yield return _keys.Select(key => Read($"next {key}", items => items.Next(key)));
        yield return _keys.Select(key => Read($"previous {key}", items => items.Previous(key)));
    }

    private IEnumerable<Gen<Step>> Selections()
    {
        yield return Numbers.Select(above => Read($"select above {above}", items => Ordered(items.Select(above))));
        yield return Numbers.Select(above => Read($"count above {above}", items => items.SelectCount(above)));
        yield return from above in Numbers
                     from limit in Limits
                     select Read($"select above {above} by {limit}", items => Ordered(items.Pages(above, limit)));
        yield return from low in _keys
                     from high in _keys
                     from backward in Gen.Elements(false, true)
                     select Read($"range {low} {high} {(backward ? "backward" : "forward")}", items => items.Range(low, high, backward));
        yield return Gen.Constant(Read("to list", items => Ordered(items.ToList())));
        if (_isAlone) yield return Gen.Constant(new Step("how many", Right.None, ByOther: false, items => items.Count()));
    }

    /// <summary>Where a table has no order between keys, that of the keys; the order within a key is left as it is.</summary>
    private IEnumerable<Item> Ordered(IEnumerable<Item> items) => _kind == TableKind.OrderedSet ? items : items.OrderBy(item => item.Key);

    private static Step Write(string text, Func<IItems, object?> run) => new(text, Right.Write, ByOther: false, run);

    private static Step Read(string text, Func<IItems, object?> run) => new(text, Right.Read, ByOther: false, run);

    private static object? Done(Action action)
    {
        action();
        return null;
    }
}
