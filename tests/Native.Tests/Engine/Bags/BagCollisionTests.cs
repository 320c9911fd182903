using System.Text;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Keys and objects of which the tree of a bag has the same part of their hashes.</summary>
public sealed class BagCollisionTests : IDisposable
{
    private readonly CrashTable _table = new(RowFormat.Ordered, TableKind.Bag);
    private readonly string _first;
    private readonly string _second;

    public BagCollisionTests()
    {
        _table.Attach();
        (_first, _second) = Collision();
    }

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Rows_of_keys_that_collide_lie_among_each_other_and_are_told_apart()
    {
        for (var value = 0; value < 40; value++)
        {
            _table.Insert(_first, $"first {value}");
            _table.Insert(_second, $"second {value}");
        }
        Assert.Equal([Joined("first", 40), Joined("second", 40)], new[] { _first, _second }.Select(key => _table.Contents()[key]));
        Assert.True(_table.Verify().IsSound, _table.Verify().ToString());
        _table.DeleteObject(_first, "first 39");
        _table.Take(_second);
        Assert.Equal(Joined("first", 39), _table.Contents()[_first]);
        Assert.Single(_table.Contents());
        Assert.True(_table.Verify().IsSound, _table.Verify().ToString());
    }

    [Fact]
    public void Steps_come_by_keys_that_collide_in_either_direction()
    {
        string[] keys = [_first, _second, "another"];
        foreach (var key in keys)
        {
            for (var value = 0; value < 40; value++)
                _table.Insert(key, $"{value}");
        }
        var forward = Steps(backward: false);
        Assert.Equal(keys.Order(StringComparer.Ordinal), forward.Order(StringComparer.Ordinal));
        Assert.Equal(forward.AsEnumerable().Reverse(), Steps(backward: true));
    }

    [Fact]
    public void Objects_that_collide_are_different_ones()
    {
        foreach (var value in (string[])[_first, _second, _first])
            _table.Insert("k", value);
        Assert.Equal($"{Hex(_first)}, {Hex(_second)}", _table.Contents()["k"]);
        _table.DeleteObject("k", _first);
        Assert.Equal(Hex(_second), _table.Contents()["k"]);
        Assert.True(_table.Verify().IsSound, _table.Verify().ToString());
    }

    private static string Hex(string value) => Convert.ToHexString(CrashScenarios.Bytes(value));

    private static string Joined(string name, int values) => string.Join(", ", Enumerable.Range(0, values).Select(value => Hex($"{name} {value}")));

    private (string First, string Second) Collision()
    {
        var known = new Dictionary<uint, string>();
        for (var number = 0; ; number++)
        {
            if (!known.TryAdd(BagKey.Half(_table.HashOf($"key {number}")), $"key {number}"))
                return (known[BagKey.Half(_table.HashOf($"key {number}"))], $"key {number}");
        }
    }

    private List<string> Steps(bool backward)
    {
        var keys = new List<string>();
        var page = new ScanPage();
        for (var from = KeyBound.None; BagScanner<TracedMemory>.TryStep(_table.Space, from, backward, page); from = KeyBound.Exclusive(page.Key(0).ToArray()))
            keys.Add(Encoding.UTF8.GetString(page.Key(0)));
        return keys;
    }
}
