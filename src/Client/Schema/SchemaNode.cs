using System.Globalization;

namespace EtsPersist.Mmf;

/// <summary>The readable structure of a key or value, or of a part of one. Immutable.</summary>
public sealed class SchemaNode
{
    private SchemaNode(SchemaKind kind, string name, int size, IReadOnlyList<SchemaMember> members)
    {
        Kind = kind;
        Name = name;
        Size = size;
        Members = members;
    }

    /// <summary>How it is built.</summary>
    public SchemaKind Kind { get; }

    /// <summary>
    /// The type's name. It decides for primitives; for the others it is for people, and a renamed type is the same schema.
    /// </summary>
    public string Name { get; }

    /// <summary>The bytes of a struct, the levels up of a reference, else 0.</summary>
    public int Size { get; }

    /// <summary>The parts in order of position.</summary>
    public IReadOnlyList<SchemaMember> Members { get; }

    /// <summary>One value of a named type. Another serializer names itself and its type here, such as <c>protobuf:Account</c>.</summary>
    public static SchemaNode Primitive(string name) => new(SchemaKind.Primitive, name, 0, []);

    /// <summary>A record with its members.</summary>
    public static SchemaNode Record(string name, IReadOnlyList<SchemaMember> members) => new(SchemaKind.Record, name, 0, members);

    /// <summary>A struct of <paramref name="size"/> bytes with its fields.</summary>
    public static SchemaNode Struct(string name, int size, IReadOnlyList<SchemaMember> fields) =>
        new(SchemaKind.Struct, name, size, fields);

    /// <summary>A tuple with its elements.</summary>
    public static SchemaNode Tuple(IReadOnlyList<SchemaNode> elements) =>
        new(SchemaKind.Tuple, "", 0, [.. elements.Select((element, index) => new SchemaMember(index + 1, $"Item{index + 1}", element))]);

    /// <summary>An array with the type of its elements.</summary>
    public static SchemaNode Array(SchemaNode element) => new(SchemaKind.Array, "", 0, [new SchemaMember(1, "element", element)]);

    /// <summary>A map with the types of its keys and values.</summary>
    public static SchemaNode Map(SchemaNode key, SchemaNode value) =>
        new(SchemaKind.Map, "", 0, [new SchemaMember(1, "key", key), new SchemaMember(2, "value", value)]);

    /// <summary>A value or nil.</summary>
    public static SchemaNode Nullable(SchemaNode value) => new(SchemaKind.Nullable, "", 0, [new SchemaMember(1, "value", value)]);

    /// <summary>The record <paramref name="levels"/> up, 1 being the one that this is a member of.</summary>
    public static SchemaNode Reference(string name, int levels) => new(SchemaKind.Reference, name, levels, []);

    /// <summary>The structure in one line, such as <c>Account { 1 Id: int64, 2 Balance: int64 }</c>.</summary>
    public override string ToString() => Kind switch
    {
        SchemaKind.Primitive => Name,
        SchemaKind.Record => $"{Name} {{ {Listed()} }}",
        SchemaKind.Struct => string.Create(CultureInfo.InvariantCulture, $"struct {Name} of {Size} bytes {{ {Listed()} }}"),
        SchemaKind.Tuple => $"({string.Join(", ", Members.Select(member => member.Type))})",
        SchemaKind.Array => $"[{Members[0].Type}]",
        SchemaKind.Map => $"map<{Members[0].Type}, {Members[1].Type}>",
        SchemaKind.Nullable => $"{Members[0].Type}?",
        _ => $"^{Name}",
    };

    /// <summary>The same node with other members.</summary>
    internal SchemaNode With(IReadOnlyList<SchemaMember> members) => new(Kind, Name, Size, members);

    /// <summary>Makes a node as it was stored.</summary>
    internal static SchemaNode Stored(SchemaKind kind, string name, int size, IReadOnlyList<SchemaMember> members) =>
        new(kind, name, size, members);

    private string Listed() => string.Join(", ", Members.Select(member =>
        string.Create(CultureInfo.InvariantCulture, $"{member.Position} {member.Name}: {member.Type}")));
}
