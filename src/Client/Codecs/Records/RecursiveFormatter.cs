namespace EtsPersist.Mmf;

/// <summary>Stands for a record inside itself, whose formatter is not built yet.</summary>
internal sealed class RecursiveFormatter<T>(SchemaNode reference, RecordFormatter<T> enclosing) : MessagePackFormatter<T>
{
    public override SchemaNode Schema => reference;

    public override long MaxSize(T value, int depth) => enclosing.MaxSize(value, depth);

    public override void Write(ref MessagePackWriter writer, T value) => enclosing.Write(ref writer, value);

    public override T Read(ref MessagePackReader reader) => enclosing.Read(ref reader);
}
