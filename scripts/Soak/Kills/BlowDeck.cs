namespace EtsPersist.Mmf.Soak;

/// <summary>Blows in random order, each kind as often as it deserves.</summary>
internal sealed class BlowDeck(Random random)
{
    private static readonly BlowKind[] Deck =
    [
        .. Enumerable.Repeat(BlowKind.Writer, 4),
        .. Enumerable.Repeat(BlowKind.TwoWriters, 4),
        .. Enumerable.Repeat(BlowKind.ThreeWriters, 3),
        .. Enumerable.Repeat(BlowKind.ArrivingWriter, 3),
        .. Enumerable.Repeat(BlowKind.WritersAndRecoverer, 3),
        .. Enumerable.Repeat(BlowKind.Reader, 2),
        BlowKind.Worker,
        BlowKind.Owner,
        .. Enumerable.Repeat(BlowKind.OwnerAndSuccessor, 2),
        BlowKind.Manager,
        BlowKind.OwnerAndManager,
    ];

    private readonly Queue<BlowKind> _left = new();

    /// <summary>The next blow.</summary>
    public BlowKind Next()
    {
        if (_left.Count == 0)
        {
            var deck = Deck.ToArray();
            random.Shuffle(deck);
            foreach (var kind in deck) _left.Enqueue(kind);
        }
        return _left.Dequeue();
    }
}
