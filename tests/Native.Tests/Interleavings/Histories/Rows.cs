namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What a table should hold: immutable, and equal if the rows are.</summary>
internal readonly struct Rows : IEquatable<Rows>
{
    private readonly long?[] _values;

    private Rows(long?[] values) => _values = values;

    public static Rows Empty { get; } = new(new long?[Keys.All.Length]);

    public long? this[char key] => _values[Keys.All.IndexOf(key, StringComparison.Ordinal)];

    public Rows With(char key, long? value)
    {
        var values = (long?[])_values.Clone();
        values[Keys.All.IndexOf(key, StringComparison.Ordinal)] = value;
        return new Rows(values);
    }

    public bool Equals(Rows other) => _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => obj is Rows other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in _values)
            hash.Add(value);
        return hash.ToHashCode();
    }

    public override string ToString()
    {
        var rows = this;
        return $"{{{string.Join(", ", Keys.All.Where(key => rows[key] is not null).Select(key => $"{key}={rows[key]}"))}}}";
    }
}
