namespace EtsPersist.Mmf;

/// <summary>
/// A record, class or struct as an array of its members. A shorter array was written by an older version: its missing members take their
/// defaults. A longer one was written by a newer version: its further members are skipped.
/// </summary>
internal sealed class RecordFormatter<T> : MessagePackFormatter<T>
{
    private const int LongestHead = 5;
    // Asked first, because a struct would be boxed for the comparison with null in code that is not optimized.
    private static readonly bool CanBeNull = !typeof(T).IsValueType;
    private static readonly bool CanBeDerived = CanBeNull && !typeof(T).IsSealed;

    private CompiledRecord<T>? _compiled;

    public override SchemaNode Schema => Compiled.Schema;

    private CompiledRecord<T> Compiled => _compiled ?? throw new InvalidOperationException("The record's members are being built.");

    /// <summary>Completes the formatter; its members' formatters may refer to it.</summary>
    public void Complete(CompiledRecord<T> compiled) => _compiled = compiled;

    /// <summary>The formatter of a member and its place in the array, or null if no member of this name is stored.</summary>
    public object? Find(string member, out int index)
    {
        for (index = 0; index < Compiled.MemberCount; index++)
        {
            if (Schema.Members[index].Name == member) return Compiled.Formatters[index];
        }

        return null;
    }

    public override long MaxSize(T value, int depth) => CanBeNull && value is null ? 1 : LongestHead + Compiled.Size(value, Deeper(depth));

    public override void Write(ref MessagePackWriter writer, T value)
    {
        if (CanBeNull && value is null)
        {
            writer.WriteNil();
            return;
        }

        if (CanBeDerived && value!.GetType() != typeof(T))
        {
            throw new UnsupportedTypeException($"A {value.GetType()} cannot be stored as {typeof(T)}: its further members would be lost. "
                + "Store the exact type.");
        }

        writer.Enter();
        writer.WriteArrayHeader(Compiled.MemberCount);
        Compiled.Write(ref writer, value);
        writer.Leave();
    }

    public override T Read(ref MessagePackReader reader)
    {
        if (CanBeNull && reader.TryReadNil()) return default!;
        reader.Enter();
        var count = reader.ReadArrayHeader();
        var value = Compiled.Read(ref reader, count);
        for (var unknown = Compiled.MemberCount; unknown < count; unknown++) reader.Skip();
        reader.Leave();
        return value;
    }
}
