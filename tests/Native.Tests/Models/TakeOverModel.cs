namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>
/// A writer's slot: its owner dies, two recoverers find that out, each may be killed, and a newcomer, or the owner come back, takes the slot as soon as
/// it is free and may die as well. The kernel's lock of the slot, which goes with its holder, is all that arbitrates.
/// </summary>
internal sealed class TakeOverModel(
    bool settlesUnderTheLock = true, bool newcomerLooksAgain = true, bool freesAfterSettling = true, bool writerHoldsTheLock = true)
{
    private const int Writer = 1;
    private const int Newcomer = 4;
    private const string Gone = "gone";

    /// <summary>Work: what is left of the journal's work, 0 for idle. WorkOf: whose it is. Pc: where each of the four stands.</summary>
    internal sealed record State(bool IsTaken, int Holder, int Work, int WorkOf, string Pc1, string Pc2, string Pc3, string Pc4, int Kills, string? Error);

    public State First => new(true, writerHoldsTheLock ? Writer : 0, 2, Writer, "work", "test", "test", "test", 0, null);

    public Explorer<State> Explore() => Explorer<State>.Explore(First, Steps, Violation);

    private static string? Violation(State state)
    {
        if (state.Error is not null)
            return state.Error;
        if (IsSettling(state.Pc2) && IsSettling(state.Pc3))
            return "two settle one journal at once";
        return !state.IsTaken && state.Work != 0 ? "a free slot has a journal that nobody will settle" : null;
    }

    private static bool IsSettling(string pc) => pc is "settle" or "settle more";

    private IEnumerable<(string, State)> Steps(State state)
    {
        if (state.Pc1 is "work" or "work again")
            yield return ("the writer is killed", Killed(state, Writer));
        if (state.Pc1 == "work")
            yield return ("the writer ends", state with { Pc1 = "ended", Work = 0, IsTaken = false, Holder = 0 });
        if (state is { Pc1: "ended", IsTaken: false, Holder: 0 })
            yield return ("the writer comes back", state with { Pc1 = "work again", Work = 2, WorkOf = Writer, IsTaken = true, Holder = Writer });
        foreach (var recoverer in new[] { 2, 3 })
        {
            var pc = recoverer == 2 ? state.Pc2 : state.Pc3;
            if (pc is not ("test" or Gone) && state.Kills < 2)
                yield return ($"recoverer {recoverer} is killed", Killed(state, recoverer) with { Kills = state.Kills + 1 });
            foreach (var (step, next) in RecovererSteps(state, recoverer, pc))
                yield return ($"recoverer {recoverer} {step}", next);
        }
        if (state.Pc4 is not ("test" or Gone))
            yield return ("the newcomer is killed", Killed(state, Newcomer));
        foreach (var (step, next) in NewcomerSteps(state))
            yield return ($"the newcomer {step}", next);
    }

    private static State Killed(State state, int who) => At(state, who, Gone) with { Holder = state.Holder == who ? 0 : state.Holder };

    private static State At(State state, int who, string pc) => who switch
    {
        Writer => state with { Pc1 = pc },
        2 => state with { Pc2 = pc },
        3 => state with { Pc3 = pc },
        _ => state with { Pc4 = pc },
    };

    private IEnumerable<(string, State)> RecovererSteps(State state, int who, string pc)
    {
        switch (pc)
        {
            case "test" when state.IsTaken && state.Holder == 0:
                yield return ("finds the owner dead", At(state, who, settlesUnderTheLock ? "hold" : "settle"));
                break;
            case "hold":
                yield return state.Holder == 0
                    ? ("gets the lock", At(state, who, "look") with { Holder = who })
                    : ("does not get the lock", At(state, who, "test"));
                break;
            case "look":
                yield return state.IsTaken
                    ? ("finds the slot still taken", At(state, who, freesAfterSettling ? "settle" : "free"))
                    : ("finds the slot settled", At(state, who, "release"));
                break;
            case "settle":
                yield return ("settles", Settle(At(state, who, "settle more"), 1));
                break;
            case "settle more":
                yield return ("settles the rest", Settle(At(state, who, freesAfterSettling ? "free" : "release"), 0));
                break;
            case "free":
                yield return ("frees the slot", At(state, who, freesAfterSettling ? "release" : "settle") with { IsTaken = false });
                break;
            case "release":
                yield return ("gives the lock back", At(state, who, "test") with { Holder = state.Holder == who ? 0 : state.Holder });
                break;
        }
    }

    private static State Settle(State state, int left)
    {
        var isDead = (state.WorkOf == Writer ? state.Pc1 : state.Pc4) == Gone || state.Work == 0;
        return isDead ? state with { Work = Math.Min(state.Work, left) } : state with { Error = "the journal of a living writer is settled" };
    }

    private IEnumerable<(string, State)> NewcomerSteps(State state)
    {
        switch (state.Pc4)
        {
            case "test" when !state.IsTaken:
                yield return ("finds the slot free", state with { Pc4 = "hold" });
                break;
            case "hold":
                yield return state.Holder == 0
                    ? ("gets the lock", state with { Pc4 = newcomerLooksAgain ? "look" : "take", Holder = Newcomer })
                    : ("does not get the lock", state with { Pc4 = "test" });
                break;
            case "look":
                yield return state.IsTaken
                    ? ("finds the slot taken", state with { Pc4 = "test", Holder = 0 })
                    : ("finds the slot free", state with { Pc4 = "take" });
                break;
            case "take" when state.Work != 0:
                yield return ("takes the slot", state with { Error = "a slot is taken before its journal is settled" });
                break;
            case "take":
                yield return ("takes the slot", state with { Pc4 = "begin", IsTaken = true });
                break;
            case "begin":
                yield return ("begins to write", state with { Pc4 = "work", Work = 2, WorkOf = Newcomer });
                break;
        }
    }
}
