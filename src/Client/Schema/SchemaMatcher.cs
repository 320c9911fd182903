namespace EtsPersist.Mmf;

/// <summary>Walks two schemas side by side, merges them and notes the first difference that the rule of evolution does not allow.</summary>
internal sealed class SchemaMatcher
{
    public string? Difference { get; set; }

    public bool StoredHasMore { get; private set; }

    public bool MineHasMore { get; private set; }

    public SchemaNode Match(SchemaNode stored, SchemaNode mine, string path)
    {
        if (stored.Kind != mine.Kind || (stored.Kind == SchemaKind.Primitive && stored.Name != mine.Name))
            Differ($"{path} is stored as {Brief(stored)}, not as {Brief(mine)}");
        else if (stored.Size != mine.Size)
            Differ($"{path} has a {stored.Kind} of size {stored.Size}, not {mine.Size}");
        if (Difference is not null) return stored;

        var common = Math.Min(stored.Members.Count, mine.Members.Count);
        var members = new List<SchemaMember>(Math.Max(stored.Members.Count, mine.Members.Count));
        for (var index = 0; index < common && Difference is null; index++)
        {
            var (theirs, own) = (stored.Members[index], mine.Members[index]);
            if (theirs.Position != own.Position || theirs.Name != own.Name)
                Differ($"{path} has member {theirs.Position} {theirs.Name}, not {own.Position} {own.Name}");
            else
                members.Add(theirs with { Type = Match(theirs.Type, own.Type, $"{path}.{own.Name}") });
        }

        if (stored.Members.Count != mine.Members.Count && stored.Kind != SchemaKind.Record)
            Differ($"{path} has {stored.Members.Count} parts, not {mine.Members.Count}");
        StoredHasMore |= stored.Members.Count > common;
        MineHasMore |= mine.Members.Count > common;
        members.AddRange(stored.Members.Skip(common));
        members.AddRange(mine.Members.Skip(common));
        return stored.With(members);
    }

    private static string Brief(SchemaNode node) => node.Kind == SchemaKind.Primitive ? node.Name : $"{node.Kind} {node}";

    private void Differ(string difference) => Difference ??= difference;
}
