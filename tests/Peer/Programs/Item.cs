namespace EtsPersist.Mmf.Peer.Programs;

/// <summary>A row of the random programs, as ETS's tuple <c>{Key, Count, Text}</c>.</summary>
public sealed record Item(int Key, long Count, string Text)
{
    /// <summary>Long texts by their length.</summary>
    public override string ToString() => Text.Length < 8 ? $"{{{Key},{Count},{Text}}}" : $"{{{Key},{Count},{Text[0]}*{Text.Length}}}";
}
