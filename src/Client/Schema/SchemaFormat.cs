using System.Buffers;

namespace EtsPersist.Mmf;

/// <summary>
/// A schema as MessagePack: [version, key, value]; a node is its name where it is a primitive, else
/// [kind, name, size, position, name, node, position, name, node, …].
/// </summary>
internal static class SchemaFormat
{
    private const int Version = 1;
    private const int PartsBeforeMembers = 3;
    private const int PartsPerMember = 3;

    public static void Write(TableSchema schema, IBufferWriter<byte> output)
    {
        var writer = new MessagePackWriter(output);
        writer.WriteArrayHeader(3);
        writer.WriteInt64(Version);
        WriteNode(ref writer, schema.Key);
        WriteNode(ref writer, schema.Value);
    }

    public static TableSchema Read(ReadOnlySpan<byte> stored)
    {
        try
        {
            var reader = new MessagePackReader(stored);
            var parts = reader.ReadArrayHeader();
            var version = reader.ReadInt32();
            if (version != Version || parts != 3)
                throw new TableSchemaException(
                    $"The table's schema is of version {version} and this library reads version {Version}. Use a newer library.");
            var schema = new TableSchema(ReadNode(ref reader), ReadNode(ref reader));
            reader.ReadEnd();
            return schema;
        }
        catch (MessagePackFormatException error)
        {
            throw new TableSchemaException($"The table's schema cannot be read: {error.Message}", error);
        }
    }

    private static void WriteNode(ref MessagePackWriter writer, SchemaNode node)
    {
        if (node.Kind == SchemaKind.Primitive)
        {
            writer.WriteString(node.Name);
            return;
        }

        writer.Enter();
        writer.WriteArrayHeader(PartsBeforeMembers + (PartsPerMember * node.Members.Count));
        writer.WriteInt64((int)node.Kind);
        writer.WriteString(node.Name);
        writer.WriteInt64(node.Size);
        foreach (var member in node.Members)
        {
            writer.WriteInt64(member.Position);
            writer.WriteString(member.Name);
            WriteNode(ref writer, member.Type);
        }

        writer.Leave();
    }

    private static SchemaNode ReadNode(ref MessagePackReader reader)
    {
        if (reader.PeekType() == MessagePackType.Text) return SchemaNode.Primitive(reader.ReadString());
        var start = reader.Position;
        reader.Enter();
        var parts = reader.ReadArrayHeader() - PartsBeforeMembers;
        if (parts < 0 || parts % PartsPerMember != 0)
            throw new MessagePackFormatException(start, $"a node of 3 parts for each member, found {parts}");
        var kind = (SchemaKind)reader.ReadByte();
        var name = reader.ReadString();
        var size = reader.ReadInt32();
        var members = new SchemaMember[parts / PartsPerMember];
        for (var index = 0; index < members.Length; index++)
            members[index] = new SchemaMember(reader.ReadInt32(), reader.ReadString(), ReadNode(ref reader));
        reader.Leave();
        var expected = kind switch
        {
            SchemaKind.Record or SchemaKind.Struct or SchemaKind.Tuple => members.Length,
            SchemaKind.Array or SchemaKind.Nullable => 1,
            SchemaKind.Map => 2,
            SchemaKind.Reference => 0,
            _ => throw new MessagePackFormatException(start, $"a known kind of node, found {(int)kind}"),
        };
        return members.Length == expected
            ? SchemaNode.Stored(kind, name, size, members)
            : throw new MessagePackFormatException(start, $"{expected} parts of a {kind}, found {members.Length}");
    }
}
