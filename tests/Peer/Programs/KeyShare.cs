namespace EtsPersist.Mmf.Peer.Programs;

/// <summary>The keys that belong to one of several processes.</summary>
/// <param name="Number">Which process, from 0.</param>
/// <param name="Of">How many there are.</param>
internal sealed record KeyShare(int Number, int Of)
{
    /// <summary>The key of this process in the place of a key that all might have.</summary>
    public int KeyOf(int key) => (key * Of) + Number;

    /// <summary>Whether a key is one of them, and not the one that all share.</summary>
    public bool Has(int key) => key != SharedItems.Key && (((key % Of) + Of) % Of) == Number;
}
