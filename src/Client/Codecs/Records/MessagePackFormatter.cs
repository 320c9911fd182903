namespace EtsPersist.Mmf;

/// <summary>Writes and reads values of one type as a part of a record.</summary>
internal abstract class MessagePackFormatter<T>
{
    /// <summary>What it writes.</summary>
    public abstract SchemaNode Schema { get; }

    /// <summary>At least as many bytes as <see cref="Write"/> will write.</summary>
    /// <param name="value">The value.</param>
    /// <param name="depth">How many containers enclose it: a value that contains itself must not exhaust the stack.</param>
    public abstract long MaxSize(T value, int depth);

    public abstract void Write(ref MessagePackWriter writer, T value);

    public abstract T Read(ref MessagePackReader reader);

    protected static int Deeper(int depth) => depth < MessagePackLimits.MaximumDepth ? depth + 1 : throw MessagePackWriter.TooDeep();
}
