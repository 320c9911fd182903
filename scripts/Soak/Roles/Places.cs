namespace EtsPersist.Mmf.Soak;

/// <summary>Which number beside the tables means what. Each has one writer at a time, and no kill takes it back.</summary>
internal static class Places
{
    private const int Waits = 64;
    private const int Readers = 128;
    private const int PlacesOfAReader = 3;
    private const int Shifts = 192;

    /// <summary>The number of recoverers' settlements.</summary>
    public const int Settled = 255;

    /// <summary>How many operations the owners have had acknowledged.</summary>
    public const int DoneByOwners = 253;

    /// <summary>1 from the moment a recoverer has found somebody dead until it has settled all of them, else 0.</summary>
    public const int Settling = 254;

    /// <summary>The number of the last operation that a writer has acknowledged.</summary>
    public static int Acknowledged(int writer) => writer;

    /// <summary>How many nanoseconds a writer has waited at most for a holder that it found dead, over all its incarnations.</summary>
    public static int WaitForDead(int writer) => Waits + writer;

    /// <summary>How many reads a reader has made.</summary>
    public static int Reads(int reader) => Readers + (reader * PlacesOfAReader);

    /// <summary>How many of them were wrong.</summary>
    public static int WrongReads(int reader) => Reads(reader) + 1;

    /// <summary>How many of them waited for a holder.</summary>
    public static int ReaderWaits(int reader) => Reads(reader) + 2;

    /// <summary>1 while a crew works, else 0.</summary>
    public static int Shift(int crew) => Shifts + crew;
}
