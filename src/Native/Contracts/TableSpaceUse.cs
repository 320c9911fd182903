namespace EtsPersist.Mmf.Native;

/// <summary>What has become of the bytes of a table file; exact when nobody writes.</summary>
/// <param name="Reserved">Bytes that the file system has given to the table; never fewer, so also the most that it ever had.</param>
/// <param name="Free">Of these: bytes that rows can take without more being reserved.</param>
public readonly record struct TableSpaceUse(long Reserved, long Free)
{
    /// <summary>Bytes that rows and what leads to them take.</summary>
    public long Used => Reserved - Free;
}
