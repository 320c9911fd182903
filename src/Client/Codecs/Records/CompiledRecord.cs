namespace EtsPersist.Mmf;

/// <summary>The members of a record as code.</summary>
/// <param name="Schema">What is written.</param>
/// <param name="Formatters">The formatters of the members, in the order of their positions.</param>
/// <param name="Size">The most bytes that the members take.</param>
/// <param name="Write">Writes all members.</param>
/// <param name="Read">Reads as many members as there are, up to its own number, and makes the record.</param>
internal sealed record CompiledRecord<T>(
    SchemaNode Schema, IReadOnlyList<object> Formatters, CompiledRecord<T>.Sizer Size, CompiledRecord<T>.Writer Write, CompiledRecord<T>.Reader Read)
{
    /// <summary>How many members there are.</summary>
    public int MemberCount { get; } = Formatters.Count;

    public delegate long Sizer(T value, int depth);

    public delegate void Writer(ref MessagePackWriter writer, T value);

    public delegate T Reader(ref MessagePackReader reader, int count);
}
