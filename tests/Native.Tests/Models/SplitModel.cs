namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>
/// Bucket 0 is split and its one row moves to bucket 1, while a reader looks the row up and a writer replaces it (X by Y, then X is used for
/// something else). The splitter may be killed anywhere, and so may whoever recovers from it. Without levels the root alone says where a row is.
/// </summary>
internal sealed class SplitModel(bool hasLevels = true, bool isBornLocked = true, bool movesVersion = true)
{
    private const int NotFilled = -1;
    private const int Splitter = 1;
    private const int Writer = 2;

    internal readonly record struct Meta(int Lock, int Version, int Level)
    {
        public bool SameContents(Meta other) => Version == other.Version && Level == other.Level;
    }

    /// <summary>Lanes and records: '-' none, X and Y the records with old and new value, '?' anything else.</summary>
    internal sealed record State(
        int Root, Meta Meta0, Meta Meta1, char Lane0, char Lane1, char RecordX, string Splitting, bool IsDead, int RecovererKills,
        string Writing, int WriterBucket, string Reading, int ReaderBucket, Meta ReaderMeta, char ReaderLane, char Copy, bool IsAcknowledged, bool WasAcknowledged, string? Error);

    public static readonly State First = new(
        0, new Meta(0, 0, 0), new Meta(0, 0, NotFilled), 'X', '-', 'X', "lock", false, 0, "hint", 0, "hint", 0, default, '-', '-', false, false, null);

    public Explorer<State> Explore() => Explorer<State>.Explore(First, state => SplitSteps(state).Concat(WriterSteps(state)).Concat(ReaderSteps(state)), state => state.Error);

    private static Meta MetaOf(State state, int bucket) => bucket == 0 ? state.Meta0 : state.Meta1;

    private static char LaneOf(State state, int bucket) => bucket == 0 ? state.Lane0 : state.Lane1;

    private static State WithMeta(State state, int bucket, Meta meta) => bucket == 0 ? state with { Meta0 = meta } : state with { Meta1 = meta };

    private static State WithLane(State state, int bucket, char lane) => bucket == 0 ? state with { Lane0 = lane } : state with { Lane1 = lane };

    /// <summary>The splitter, and after its death whoever does the rest: the state of memory says what is left to do.</summary>
    private IEnumerable<(string, State)> SplitSteps(State state)
    {
        if (state.Splitting == "end")
            yield break;
        if (!state.IsDead || (state.RecovererKills < 1 && state.Splitting != "recover"))
            yield return ("kill", state with { IsDead = true, Splitting = "recover", RecovererKills = state.RecovererKills + (state.IsDead ? 1 : 0) });
        switch (state.Splitting)
        {
            case "lock" when state.Meta0.Lock == 0:
                yield return ("split: lock", state with { Splitting = "fill", Meta0 = state.Meta0 with { Lock = Splitter } });
                break;
            case "fill" when !isBornLocked:
                yield return ("split: open the partner", state with { Splitting = "fill lane", Meta1 = new Meta(0, 0, 1) });
                break;
            case "fill" or "fill lane":
                yield return ("split: fill the partner", state with { Splitting = isBornLocked ? "born" : "commit", Lane1 = state.Lane0 });
                break;
            case "born":
                yield return ("split: the partner is born locked", state with { Splitting = "commit", Meta1 = new Meta(Splitter, 0, 1) });
                break;
            case "commit" when hasLevels:
                yield return ("split: commit", state with { Splitting = "root", Meta0 = Committed(state.Meta0) });
                break;
            case "commit" or "root":
                yield return ("split: root", state with { Splitting = "purge", Root = 1 });
                break;
            case "purge":
                yield return ("split: purge", state with { Splitting = "unlock partner", Lane0 = '-' });
                break;
            case "unlock partner":
                yield return ("split: unlock the partner", state with { Splitting = "unlock source", Meta1 = state.Meta1.Lock == Splitter ? state.Meta1 with { Lock = 0 } : state.Meta1 });
                break;
            case "unlock source":
                yield return ("split: unlock the source", state with { Splitting = "end", Meta0 = Unlocked(state.Meta0) });
                break;
            case "recover":
                yield return ("recover", state with { Splitting = WhatIsLeft(state) });
                break;
            case "undo":
                yield return ("undo: the partner is not filled", state with { Splitting = "undo lock", Meta1 = new Meta(0, 0, NotFilled), Lane1 = '-' });
                break;
            case "undo lock":
                yield return ("undo: unlock", state with { Splitting = "end", Meta0 = state.Meta0 with { Lock = 0 } });
                break;
        }
    }

    private string WhatIsLeft(State state)
    {
        if (state.Meta0.Lock != Splitter)
            return "end";
        var isCommitted = hasLevels ? state.Meta0.Level == 1 : state.Root == 1;
        return isCommitted ? "root" : "undo";
    }

    private Meta Committed(Meta meta) => new(meta.Lock, meta.Version + (movesVersion ? 1 : 0), 1);

    private Meta Unlocked(Meta meta) => meta with { Lock = 0, Version = meta.Version + (movesVersion ? 1 : 0) };

    private IEnumerable<(string, State)> WriterSteps(State state)
    {
        var bucket = state.WriterBucket;
        var meta = MetaOf(state, bucket);
        switch (state.Writing)
        {
            case "hint":
                yield return ("write: hint", state with { Writing = "lock", WriterBucket = state.Root });
                break;
            case "lock" when hasLevels && meta.Level == NotFilled:
                yield return ("write: not filled, to the parent", state with { WriterBucket = 0 });
                break;
            case "lock" when hasLevels && bucket == 0 && meta.Level == 1:
                yield return ("write: moved, to the partner", state with { WriterBucket = 1 });
                break;
            case "lock" when meta.Lock == 0:
                yield return ("write: lock", WithMeta(state, bucket, meta with { Lock = Writer }) with { Writing = "store" });
                break;
            case "store" when LaneOf(state, bucket) == '-':
                yield return ("write: the row is not there", state with { Error = "a writer misses a live row" });
                break;
            case "store":
                yield return ("write: store", WithLane(state, bucket, 'Y') with { Writing = "unlock" });
                break;
            case "unlock":
                yield return ("write: unlock", WithMeta(state, bucket, Unlocked(meta)) with { Writing = "acknowledge" });
                break;
            case "acknowledge":
                yield return ("write: acknowledge", state with { Writing = "reuse", IsAcknowledged = true });
                break;
            case "reuse":
                yield return ("write: the old block is used again", state with { Writing = "end", RecordX = '?' });
                break;
        }
    }

    private IEnumerable<(string, State)> ReaderSteps(State state)
    {
        var bucket = state.ReaderBucket;
        var meta = MetaOf(state, bucket);
        switch (state.Reading)
        {
            case "hint":
                yield return ("read: hint", state with { Reading = "meta", ReaderBucket = state.Root, WasAcknowledged = state.IsAcknowledged });
                break;
            case "meta" when hasLevels && meta.Level == NotFilled:
                yield return ("read: not filled, to the parent", state with { ReaderBucket = 0 });
                break;
            case "meta" when hasLevels && bucket == 0 && meta.Level == 1:
                yield return ("read: moved, to the partner", state with { ReaderBucket = 1 });
                break;
            case "meta":
                yield return ("read: meta", state with { Reading = "lane", ReaderMeta = meta });
                break;
            case "lane":
                yield return ("read: lane", state with { Reading = "copy", ReaderLane = LaneOf(state, bucket) });
                break;
            case "copy":
                yield return ("read: copy", state with { Reading = "check", Copy = state.ReaderLane == 'X' ? state.RecordX : state.ReaderLane });
                break;
            case "check" when !meta.SameContents(state.ReaderMeta) || LaneOf(state, bucket) != state.ReaderLane:
                yield return ("read: again", state with { Reading = "hint" } with { WasAcknowledged = state.WasAcknowledged });
                break;
            case "check":
                yield return ("read: done", state with { Reading = "end", Error = ErrorOf(state) });
                break;
        }
    }

    private static string? ErrorOf(State state) => state.Copy switch
    {
        '?' => "a reader returns garbage",
        '-' => "a reader misses a live row",
        'X' when state.WasAcknowledged => "a reader returns the old value after the new one was acknowledged",
        _ => null,
    };
}
