using System.Buffers;

namespace EtsPersist.Mmf.Files;

/// <summary>
/// The body of a file's first section: a MessagePack array, position by position as the parameters here. Later versions may add positions at its
/// end, which are ignored.
/// </summary>
/// <param name="Name">The table's name.</param>
/// <param name="Kind">The table's kind.</param>
/// <param name="Access">The table's access.</param>
/// <param name="MaximumBytes">How far the table could grow.</param>
/// <param name="KeyBytes">The length of every key, or -1 if it varies.</param>
/// <param name="ValueBytes">The length of every value, or -1 if it varies.</param>
/// <param name="Schema">The schema as the table has it.</param>
/// <param name="SavedAt">When the saving began.</param>
internal sealed record FileHeader(
    string Name, TableKind Kind, TableAccess Access, long MaximumBytes, int KeyBytes, int ValueBytes, byte[] Schema, DateTime SavedAt)
{
    private const int Positions = 8;

    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteArrayHeader(Positions);
        writer.WriteString(Name);
        writer.WriteUInt64((byte)Kind);
        writer.WriteUInt64((byte)Access);
        writer.WriteInt64(MaximumBytes);
        writer.WriteInt64(KeyBytes);
        writer.WriteInt64(ValueBytes);
        writer.WriteBinary(Schema);
        writer.WriteTimestamp(SavedAt);
        return output.WrittenSpan.ToArray();
    }

    /// <exception cref="MessagePackFormatException">The bytes are no header.</exception>
    public static FileHeader Decode(ReadOnlySpan<byte> body)
    {
        var reader = new MessagePackReader(body);
        var positions = reader.ReadArrayHeader();
        if (positions < Positions)
            throw new MessagePackFormatException(0, $"an array of {Positions} positions, found {positions}");
        var header = new FileHeader(
            ReadName(ref reader),
            (TableKind)ReadNumber(ref reader, (byte)TableKind.Set, (byte)TableKind.DuplicateBag),
            (TableAccess)ReadNumber(ref reader, (byte)TableAccess.Protected, (byte)TableAccess.Private),
            ReadNumber(ref reader, PortableFormat.LeastCapacity, PortableFormat.MostCapacity),
            (int)ReadNumber(ref reader, -1, PortableFormat.MaximumKeyBytes),
            (int)ReadNumber(ref reader, -1, PortableFormat.MaximumValueBytes),
            reader.ReadBinary().ToArray(),
            reader.ReadDateTime());
        for (; positions > Positions; positions--) reader.Skip();
        reader.ReadEnd();
        return header;
    }

    private static long ReadNumber(ref MessagePackReader reader, long least, long most)
    {
        var start = reader.Position;
        var number = reader.ReadInt64();
        return number >= least && number <= most
            ? number
            : throw new MessagePackFormatException(start, $"a number from {least} to {most}, found {number}");
    }

    private static string ReadName(ref MessagePackReader reader)
    {
        var start = reader.Position;
        try
        {
            return Names.RequireValid("table", reader.ReadString());
        }
        catch (InvalidNameException error)
        {
            throw new MessagePackFormatException(start, $"the name of a table, found another: {error.Message.TrimEnd('.')}");
        }
    }
}
