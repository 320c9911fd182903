namespace EtsPersist.Mmf.Replay;

/// <summary>What stands under a key in the recordings: of ETS's tuple <c>{Key, Count, Text}</c> all but the key.</summary>
internal sealed record Value(long Count, string Text);
