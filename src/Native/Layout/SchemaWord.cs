namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// Which of the two schema areas counts, and how long the schema in it is. One store binds a schema that was written into the other area.
/// </summary>
/// <remarks>
/// <code>
/// 63                     32 31          16 15      1 0
/// | times bound            | bytes        | 0        | area |
/// </code>
/// 0 bytes: no owner has bound a schema yet.
/// </remarks>
internal readonly struct SchemaWord(ulong bits)
{
    public readonly ulong Bits = bits;

    public int Area => (int)(Bits & 1);

    public int Length => (int)((Bits >> 16) & 0xFFFF);

    public SchemaWord Next(int length) => new((((Bits >> 32) + 1) << 32) | ((ulong)(uint)length << 16) | (Bits & 1 ^ 1));
}
