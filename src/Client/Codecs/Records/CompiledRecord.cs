namespace EtsPersist.Mmf;

/// <summary>The members of a record as code.</summary>
/// <param name="Schema">What is written.</param>
/// <param name="MemberCount">How many members there are.</param>
/// <param name="Size">The most bytes that the members take.</param>
/// <param name="Write">Writes all members.</param>
/// <param name="Read">Reads as many members as there are, up to its own number, and makes the record.</param>
internal sealed record CompiledRecord<T>(
    SchemaNode Schema, int MemberCount, CompiledRecord<T>.Sizer Size, CompiledRecord<T>.Writer Write, CompiledRecord<T>.Reader Read)
{
    public delegate long Sizer(T value, int depth);

    public delegate void Writer(ref MessagePackWriter writer, T value);

    public delegate T Reader(ref MessagePackReader reader, int count);
}
