using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf;

/// <summary>The primitives of an unmanaged struct and what lies between them.</summary>
internal sealed class StructShape
{
    private StructShape(Type type, IReadOnlyList<StructField> fields)
    {
        Size = RuntimeHelpers.SizeOf(type.TypeHandle);
        Fields = fields;
        Flags = [.. fields.Where(field => field.Type == typeof(bool))];
        Floats = [.. fields.Where(field => RawTypes.IsFloatingPoint(field.Type))];
        Padding = Gaps(fields, Size, out var overlaps);
        HasOverlaps = overlaps;
        Schema = SchemaNode.Struct(type.Name, Size, [.. fields.Select(field => new SchemaMember(field.Offset, field.Path, Leaf(field)))]);
    }

    public int Size { get; }

    /// <summary>All primitives in order of their offsets.</summary>
    public IReadOnlyList<StructField> Fields { get; }

    /// <summary>The Booleans: of their 256 byte values only two may be read.</summary>
    public IReadOnlyList<StructField> Flags { get; }

    /// <summary>The floating-point numbers: equal ones may have different bits.</summary>
    public IReadOnlyList<StructField> Floats { get; }

    /// <summary>The bytes that belong to no field.</summary>
    public IReadOnlyList<Range> Padding { get; }

    /// <summary>Whether fields share bytes.</summary>
    public bool HasOverlaps { get; }

    public SchemaNode Schema { get; }

    /// <summary>The shape of a struct that is stored as its memory, or null for any other type.</summary>
    public static StructShape? Of(Type type)
    {
        var fields = RawTypes.NameOf(type) is null && type != typeof(bool) ? StructProbe.Fields(type) : null;
        return fields is null
            ? null
            : new StructShape(type, [.. fields.OrderBy(field => field.Offset).ThenBy(field => field.Path, StringComparer.Ordinal)]);
    }

    private static SchemaNode Leaf(StructField field)
    {
        var name = field.Type == typeof(bool) ? "bool" : RawTypes.NameOf(field.Type)!;
        return SchemaNode.Primitive(field.Count == 1 ? name : $"{name}[{field.Count}]");
    }

    private static List<Range> Gaps(IReadOnlyList<StructField> fields, int size, out bool overlaps)
    {
        var gaps = new List<Range>();
        var end = 0;
        overlaps = false;
        foreach (var field in fields)
        {
            if (field.Offset > end) gaps.Add(end..field.Offset);
            overlaps |= field.Offset < end;
            end = Math.Max(end, field.End);
        }

        if (end < size) gaps.Add(end..size);
        return gaps;
    }
}
