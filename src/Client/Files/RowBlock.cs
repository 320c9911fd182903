using System.Buffers;

namespace EtsPersist.Mmf.Files;

/// <summary>
/// The body of a section of rows while it is filled: MessagePack values one after another, <c>bin</c> key, <c>bin</c> value, <c>bin</c> key, …
/// to the body's end. Rows of one key follow each other in the table's order.
/// </summary>
internal sealed class RowBlock(int blockBytes)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(blockBytes);

    /// <summary>Whether it is large enough to be written.</summary>
    public bool IsFull => _bytes.WrittenCount >= blockBytes;

    public bool IsEmpty => _bytes.WrittenCount == 0;

    public ReadOnlyMemory<byte> Body => _bytes.WrittenMemory;

    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var writer = new MessagePackWriter(_bytes);
        writer.WriteBinary(key);
        writer.WriteBinary(value);
    }

    public void Clear() => _bytes.ResetWrittenCount();
}
