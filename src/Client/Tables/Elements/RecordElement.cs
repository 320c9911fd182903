using System.Buffers;

namespace EtsPersist.Mmf;

/// <summary>
/// A member of a record. Its bytes alone are replaced, so that members which only a newer version of the program knows stay.
/// </summary>
internal sealed class RecordElement<TRow, TElement>(RecordCodec<TRow> codec, string member, int index, MessagePackFormatter<TElement> formatter)
    : ElementPlace<TRow, TElement>(member)
{
    private const int ScratchBytes = 64;

    public override TElement Get(EditBuffer row)
    {
        var (start, _) = Locate(row);
        try
        {
            var reader = new MessagePackReader(row.Bytes[start..]);
            return formatter.Read(ref reader);
        }
        catch (MessagePackFormatException error)
        {
            throw NotThis(error);
        }
    }

    public override void Set(EditBuffer row, TElement element)
    {
        var (start, end) = Locate(row);
        var size = RecordSize.Checked(formatter.MaxSize(element, depth: 1));
        var rented = size > ScratchBytes ? ArrayPool<byte>.Shared.Rent(size) : null;
        try
        {
            Span<byte> scratch = rented ?? stackalloc byte[ScratchBytes];
            var writer = new MessagePackWriter(scratch);
            formatter.Write(ref writer, element);
            row.Replace(start, end - start, scratch[..writer.BytesWritten]);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Where the element begins and ends. A row of an older version, which lacks it, is brought up to date before.</summary>
    private (int Start, int End) Locate(EditBuffer row)
    {
        try
        {
            if (TryLocate(row.Bytes, out var start, out var end))
                return (start, end);
            row.Load(codec, codec.Decode(row.Bytes));
            return TryLocate(row.Bytes, out start, out end) ? (start, end) : throw NotThis(null);
        }
        catch (MessagePackFormatException error)
        {
            throw NotThis(error);
        }
    }

    private bool TryLocate(ReadOnlySpan<byte> row, out int start, out int end)
    {
        var reader = new MessagePackReader(row);
        reader.Enter();
        var count = reader.ReadArrayHeader();
        for (var before = 0; before < Math.Min(count, index); before++)
            reader.Skip();
        start = end = reader.Position;
        if (count <= index)
            return false;
        reader.Skip();
        end = reader.Position;
        return true;
    }

    private RowFormatException NotThis(MessagePackFormatException? error) =>
        new($"The row is no {typeof(TRow).Name}: its member {Member} cannot be read. {error?.Message} It was written by something else.", error);
}
