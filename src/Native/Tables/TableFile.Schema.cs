using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

public sealed unsafe partial class TableFile
{
    /// <summary>The bytes that describe the rows; empty as long as no owner has bound any.</summary>
    public byte[] ReadSchema()
    {
        RequireUsable();
        while (true)
        {
            var word = new SchemaWord(ProcessMemory.Read(&_space.Header->Schema));
            if (word.Length > TableGeometry.MaximumSchemaBytes)
                throw new CorruptTableException($"Table file '{Path}': its schema claims {word.Length} bytes. Verify the file.");
            var bytes = new ReadOnlySpan<byte>(SchemaArea(word), word.Length).ToArray();
            ProcessMemory.ReadBarrier();
            if (ProcessMemory.Read(&_space.Header->Schema) == word.Bits)
            {
                GC.KeepAlive(this);
                return bytes;
            }
        }
    }

    /// <summary>
    /// Binds or extends the schema if it still is what the caller expects: the new bytes go into the area that does not count, then one store
    /// makes it count. A kill leaves the one or the other.
    /// </summary>
    /// <returns>False if another was quicker.</returns>
    public bool TryBindSchema(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> schema)
    {
        if (schema.Length > TableGeometry.MaximumSchemaBytes)
            throw new TableSchemaException($"The schema of table '{Name}' takes {schema.Length} bytes; a header has room for {TableGeometry.MaximumSchemaBytes}. Use shorter or fewer members.");
        var writer = EnterWrite(out var place);
        try
        {
            WriterLock<ProcessMemory>.LockAllocator(writer);
            try
            {
                if (!ReadSchema().AsSpan().SequenceEqual(expected))
                    return false;
                var next = new SchemaWord(_space.Header->Schema).Next(schema.Length);
                schema.CopyTo(new Span<byte>(SchemaArea(next), schema.Length));
                ProcessMemory.Write(&_space.Header->Schema, next.Bits);
                return true;
            }
            finally
            {
                WriterLock<ProcessMemory>.UnlockAllocator(writer);
            }
        }
        finally
        {
            ExitWrite(place);
        }
    }

    private byte* SchemaArea(SchemaWord word) => _space.Header->SchemaAreas + (word.Area * TableHeader.SchemaAreaBytes);
}
