namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// Which of the two name areas counts, and how long the name in it is. One store renames a table whose new name was written into the other area.
/// </summary>
/// <remarks>
/// <code>
/// 63                     32 31          16 15      1 0
/// | times renamed          | bytes        | 0        | area |
/// </code>
/// 0 bytes: the table has the name that it was created with.
/// </remarks>
internal readonly struct NameWord(ulong bits)
{
    public readonly ulong Bits = bits;

    public int Area => (int)(Bits & 1);

    public int Length => (int)((Bits >> 16) & 0xFFFF);

    public NameWord Next(int length) => new((((Bits >> 32) + 1) << 32) | ((ulong)(uint)length << 16) | (Bits & 1 ^ 1));
}
