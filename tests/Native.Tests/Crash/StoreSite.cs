namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>Where in the engine's source a store stands.</summary>
internal readonly record struct StoreSite(string File, int Line) : IComparable<StoreSite>
{
    public string Name => $"{Path.GetFileName(File)}:{Line}";

    public int CompareTo(StoreSite other) =>
        string.CompareOrdinal(File, other.File) is not 0 and var order ? order : Line.CompareTo(other.Line);

    public override string ToString() => Name;
}
