namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>
/// A row is replaced by a writer that may be killed anywhere, and by a second one. A recoverer, itself killed up to twice, settles the first one's
/// journal, while another key takes whatever block is free for all. Blocks: A the row's first, N and M the writers' new ones.
/// </summary>
internal sealed class ReplaceModel(bool hasCommittedPhase = true, bool readsOldUnderLock = true, bool freesToOwnList = true)
{
    private const char None = '-';

    internal enum Phase { Idle, Armed, Committed }

    internal sealed record State(
        char Lane, int Lock, string Writer, bool IsDead, Phase Phase, char Old, char New, string Second, char SecondOld,
        BlockSet Shared, BlockSet Own, char OtherKey, string Recoverer, int RecovererKills);

    public static readonly State First = new('A', 0, "arm", false, Phase.Idle, None, None, "lock", None, BlockSet.Empty, BlockSet.Empty, None, "off", 0);

    public Explorer<State> Explore() => Explorer<State>.Explore(First, Steps, Violation);

    private static string? Violation(State state)
    {
        var free = state.Shared.And(state.Own);
        if (free.HasDuplicates)
            return "a block is free twice";
        if (free.Contains(state.Lane))
            return "a live block is free";
        if (state.OtherKey != None && free.Contains(state.OtherKey))
            return "another key's live block is free";
        if (state.OtherKey == state.Lane)
            return "one block is referred to by two keys";
        var isOver = state.Second == "end" && (state.Recoverer == "end" || (state.Writer == "end" && !state.IsDead));
        if (isOver && state.Phase == Phase.Idle && state.Writer != "arm" && "AMN".Any(block => !IsKnown(state, block)))
            return "a block is leaked";
        return null;
    }

    private static bool IsKnown(State state, char block) =>
        block == state.Lane || block == state.OtherKey || state.Shared.Contains(block) || state.Own.Contains(block);

    private IEnumerable<(string, State)> Steps(State state) =>
        WriterSteps(state).Concat(SecondSteps(state)).Concat(OtherKeySteps(state)).Concat(RecovererSteps(state));

    private IEnumerable<(string, State)> WriterSteps(State state)
    {
        if (state.IsDead || state.Writer == "end")
            yield break;
        yield return ("kill the writer", state with { IsDead = true, Recoverer = "look" });
        switch (state.Writer)
        {
            case "arm":
                yield return ("arm", state with { Writer = "lock", Phase = Phase.Armed, Old = state.Lane, New = 'N' });
                break;
            case "lock" when state.Lock == 0:
                yield return ("lock", state with { Writer = readsOldUnderLock ? "old" : "store", Lock = 1 });
                break;
            case "old":
                yield return ("name the old block", state with { Writer = "store", Old = state.Lane });
                break;
            case "store":
                yield return ("store", state with { Writer = hasCommittedPhase ? "commit" : "unlock", Lane = 'N' });
                break;
            case "commit":
                yield return ("committed", state with { Writer = "unlock", Phase = Phase.Committed });
                break;
            case "unlock":
                yield return ("unlock", state with { Writer = "free", Lock = 0 });
                break;
            case "free":
                yield return ("free the old block", Free(state, state.Old) with { Writer = "idle" });
                break;
            case "idle":
                yield return ("idle", state with { Writer = "end", Phase = Phase.Idle });
                break;
        }
    }

    private static IEnumerable<(string, State)> SecondSteps(State state)
    {
        switch (state.Second)
        {
            case "lock" when state.Lock == 0:
                yield return ("second locks", state with { Second = "store", Lock = 2, SecondOld = state.Lane });
                break;
            case "store":
                yield return ("second stores", state with { Second = "unlock", Lane = 'M' });
                break;
            case "unlock":
                yield return ("second unlocks", state with { Second = "free", Lock = 0 });
                break;
            case "free":
                yield return ("second frees", state with { Second = "end", Shared = state.Shared.With(state.SecondOld) });
                break;
        }
    }

    private static IEnumerable<(string, State)> OtherKeySteps(State state)
    {
        if (state.OtherKey == None && state.Shared.Blocks is [var block, ..])
            yield return ("another key takes a free block", state with { OtherKey = block, Shared = state.Shared.Without(block) });
    }

    private IEnumerable<(string, State)> RecovererSteps(State state)
    {
        if (state.Recoverer is "off" or "end")
            yield break;
        if (state.RecovererKills < 2 && state.Recoverer != "look")
            yield return ("kill the recoverer", state with { Recoverer = "look", RecovererKills = state.RecovererKills + 1 });
        var unlocked = state.Lock == 1 ? 0 : state.Lock;
        switch (state.Recoverer)
        {
            case "look" when state.Phase == Phase.Idle:
                yield return ("recoverer: nothing to do", state with { Recoverer = "end" });
                break;
            case "look" when state.Phase == Phase.Committed:
                yield return ("recoverer: committed", state with { Recoverer = "unlock, free old" });
                break;
            case "look" when hasCommittedPhase && state.Lock != 1:
                yield return ("recoverer: never locked", state with { Recoverer = "free new" });
                break;
            case "look" when state.Lane == state.New:
                yield return ("recoverer: stored", state with { Recoverer = hasCommittedPhase ? "commit" : "unlock, free old" });
                break;
            case "look":
                yield return ("recoverer: not stored", state with { Recoverer = "free new" });
                break;
            case "commit":
                yield return ("recoverer: committed now", state with { Recoverer = "unlock, free old", Phase = Phase.Committed });
                break;
            case "unlock, free old":
                yield return ("recoverer unlocks", state with { Recoverer = "free old", Lock = unlocked });
                break;
            case "free old":
                yield return ("recoverer frees the old block", Free(state, state.Old) with { Recoverer = "idle" });
                break;
            case "free new":
                yield return ("recoverer frees the new block", Free(state, state.New) with { Recoverer = "unlock" });
                break;
            case "unlock":
                yield return ("recoverer unlocks", state with { Recoverer = "idle", Lock = unlocked });
                break;
            case "idle":
                yield return ("recoverer: idle", state with { Recoverer = "end", Phase = Phase.Idle });
                break;
        }
    }

    /// <summary>Freeing may be repeated: a block that is on the list already stays there once.</summary>
    private State Free(State state, char block)
    {
        if (freesToOwnList)
            return state.Own.Contains(block) ? state : state with { Own = state.Own.With(block) };
        return state.Shared.Contains(block) ? state : state with { Shared = state.Shared.With(block) };
    }
}
