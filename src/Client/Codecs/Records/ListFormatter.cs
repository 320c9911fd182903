namespace EtsPersist.Mmf;

/// <summary>A list or an array of any number of elements, or nil.</summary>
internal abstract class ListFormatter<TList, TElement>(MessagePackFormatter<TElement> element) : MessagePackFormatter<TList?>
    where TList : class
{
    private const int LongestHead = 5;

    public override SchemaNode Schema { get; } = SchemaNode.Array(element.Schema);

    public override long MaxSize(TList? value, int depth)
    {
        var size = (long)LongestHead;
        var deeper = Deeper(depth);
        foreach (var item in Elements(value)) size += element.MaxSize(item, deeper);
        return size;
    }

    public override void Write(ref MessagePackWriter writer, TList? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Enter();
        var items = Elements(value);
        writer.WriteArrayHeader(items.Length);
        foreach (var item in items) element.Write(ref writer, item);
        writer.Leave();
    }

    public override TList? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        reader.Enter();
        var items = new TElement[reader.ReadArrayHeader()];
        for (var index = 0; index < items.Length; index++) items[index] = element.Read(ref reader);
        reader.Leave();
        return From(items);
    }

    protected abstract ReadOnlySpan<TElement> Elements(TList? list);

    protected abstract TList From(TElement[] items);
}
