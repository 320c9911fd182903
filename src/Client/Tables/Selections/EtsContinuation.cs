using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf;

/// <summary>
/// Where a selection in pages goes on: a table, its incarnation and a key. A value: usable later, more than once, by other processes, and as
/// text. ETS: the continuation of <c>select/1</c>.
/// </summary>
/// <remarks>
/// Threads: any; it is immutable. Lifetime: that of the table. Rows that come ahead of it are seen, those behind it are not, and the row at which it
/// stands need not be there any more. It holds the key of that row in clear text.
/// </remarks>
public sealed class EtsContinuation : IEquatable<EtsContinuation>
{
    private const string Prefix = "ets1.";
    private const int HeadBytes = 16 + sizeof(ulong) + 1;
    private const byte DescendingFlag = 0x80;

    private readonly byte[] _key;

    internal EtsContinuation(TableFile table, bool isDescending, ReadOnlySpan<byte> key)
        : this(table.Id, table.Incarnation, table.Kind, isDescending, key.ToArray())
    {
    }

    private EtsContinuation(Guid tableId, ulong incarnation, TableKind kind, bool isDescending, byte[] key)
    {
        TableId = tableId;
        Incarnation = incarnation;
        Kind = kind;
        IsDescending = isDescending;
        _key = key;
    }

    /// <summary>The identity of the table's file.</summary>
    public Guid TableId { get; }

    /// <summary>Which table of its name it is.</summary>
    public ulong Incarnation { get; }

    /// <summary>The kind of the table.</summary>
    public TableKind Kind { get; }

    /// <summary>Whether the selection goes from high keys to low ones.</summary>
    public bool IsDescending { get; }

    /// <summary>Reads the text of <see cref="ToString"/>.</summary>
    /// <exception cref="ContinuationException">It is none.</exception>
    public static EtsContinuation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var continuation)
            ? continuation
            : throw new ContinuationException($"'{text}' is no continuation. Pass the text of EtsContinuation.ToString, or begin with the first page.");
    }

    /// <summary>Reads the text of <see cref="ToString"/>, if it is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EtsContinuation? continuation)
    {
        continuation = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || !Base64Url.IsValid(text.AsSpan(Prefix.Length)))
            return false;
        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length));
        if (bytes.Length < HeadBytes)
            return false;
        var kind = (TableKind)(bytes[HeadBytes - 1] & ~DescendingFlag);
        if (!Enum.IsDefined(kind))
            return false;
        continuation = new EtsContinuation(
            new Guid(bytes[..16]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            kind,
            (bytes[HeadBytes - 1] & DescendingFlag) != 0,
            bytes[HeadBytes..].ToArray());
        return true;
    }

    /// <summary>The continuation as text, for <see cref="Parse"/>: letters, digits and <c>. - _</c>.</summary>
    public override string ToString()
    {
        var bytes = new byte[HeadBytes + _key.Length];
        TableId.TryWriteBytes(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), Incarnation);
        bytes[HeadBytes - 1] = (byte)((byte)Kind | (IsDescending ? DescendingFlag : 0));
        _key.CopyTo(bytes, HeadBytes);
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>Whether both go on at the same place of the same table.</summary>
    public bool Equals(EtsContinuation? other) => other is not null && TableId == other.TableId && Incarnation == other.Incarnation
        && Kind == other.Kind && IsDescending == other.IsDescending && _key.AsSpan().SequenceEqual(other._key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EtsContinuation);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(TableId);
        hash.AddBytes(_key);
        return hash.ToHashCode();
    }

    /// <summary>The key behind which a selection of this table goes on.</summary>
    /// <exception cref="ContinuationException">It belongs to another table or direction.</exception>
    internal byte[] KeyIn(TableFile table, bool isDescending)
    {
        if (TableId != table.Id || Incarnation != table.Incarnation || Kind != table.Kind)
            throw new ContinuationException(
                $"The continuation is of table {TableId}, incarnation {Incarnation}, and '{table.Name}' is {table.Id}, incarnation {table.Incarnation}. Begin with the first page.");
        return IsDescending == isDescending
            ? _key
            : throw new ContinuationException(
                $"The continuation goes {(IsDescending ? "down" : "up")}wards and the selection the other way. Go on by the method that made it.");
    }
}
