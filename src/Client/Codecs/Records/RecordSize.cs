namespace EtsPersist.Mmf;

/// <summary>Sizes of encoded rows.</summary>
internal static class RecordSize
{
    /// <summary>The size as a length of a span.</summary>
    /// <exception cref="ValueTooLargeException">No span is as long.</exception>
    public static int Checked(long size) => size <= Array.MaxLength
        ? (int)size
        : throw new ValueTooLargeException(
            $"The value may take {size} bytes and no row is longer than {Array.MaxLength}. Store it in parts.");
}
