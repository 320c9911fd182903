namespace EtsPersist.Mmf.Files;

/// <summary>Reads the rows of the section that was read last, each checked against what the file's header says of all.</summary>
internal ref struct RowBlockReader(SectionReader section, FileHeader header)
{
    private MessagePackReader _reader = new(section.Body);

    /// <summary>Reads a row; its bytes are valid until the next section is read. False: there are no more.</summary>
    /// <exception cref="EtsFileFormatException">The bytes are no row.</exception>
    public bool TryRead(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = value = default;
        if (_reader.IsAtEnd) return false;
        var start = _reader.Position;
        try
        {
            key = _reader.ReadBinary();
            value = _reader.ReadBinary();
        }
        catch (MessagePackFormatException error)
        {
            throw section.DamagedBody(error.Offset, $"a row is none: {error.Message.TrimEnd('.')}");
        }
        Require(start, "key", key.Length, header.KeyBytes, PortableFormat.MaximumKeyBytes);
        Require(start, "value", value.Length, header.ValueBytes, PortableFormat.MaximumValueBytes);
        return true;
    }

    private readonly void Require(int start, string what, int bytes, int fixedBytes, int maximumBytes)
    {
        if (fixedBytes >= 0 && bytes != fixedBytes)
            throw section.DamagedBody(start, $"a row has a {what} of {bytes} bytes where the header says {fixedBytes}");
        if (bytes > maximumBytes)
            throw section.DamagedBody(start, $"a row has a {what} of {bytes} bytes, and no {what} is longer than {maximumBytes}");
    }
}
