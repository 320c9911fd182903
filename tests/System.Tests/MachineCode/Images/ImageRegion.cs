namespace EtsPersist.Mmf.System.Tests.MachineCode.Images;

/// <summary>The used bytes of one region of a table file.</summary>
/// <param name="Name">What lies there.</param>
/// <param name="Start">Where it begins in the file.</param>
/// <param name="Watermark">Where the file says how far the region is used.</param>
/// <param name="Bytes">The bytes below the watermark.</param>
internal sealed record ImageRegion(string Name, long Start, int Watermark, byte[] Bytes)
{
    public bool Contains(long offset) => offset >= Start && offset < Start + Bytes.Length;

    /// <summary>The same bytes of their own, and zeros up to another watermark.</summary>
    public ImageRegion CopyUpTo(long end)
    {
        var bytes = new byte[end - Start];
        Bytes.CopyTo(bytes, 0);
        return this with { Bytes = bytes };
    }
}
