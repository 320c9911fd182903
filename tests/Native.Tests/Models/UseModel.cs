namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>
/// Two users open a table's file, store in two pages of it and close it, and may be killed at any moment. The kernel writes a page to the disk whenever it likes.
/// Power may be lost between any two steps, so in every state a file that is clean on the disk must have there what it has in memory.
/// </summary>
internal sealed class UseModel(
    bool sharesTheLock = true, bool waitsForTheDisk = true, bool flushesBeforeClean = true, bool closesAlone = true, bool givesUpItsShareFirst = true)
{
    private const string Clean = "clean";
    private const string Beginning = "beginning";
    private const string InUse = "in use";

    internal enum Held
    {
        Nothing,
        Share,
        All,
    }

    internal readonly record struct User(int Step, Held Lock, string Seen, bool IsDead);

    internal readonly record struct Pages(string Use, int Left, int Right);

    internal sealed record State(Pages Memory, Pages Disk, User A, User B);

    private static readonly string[] Program =
        ["share", "look", "begin", "flush", "in use", "store left", "store right", "give up", "ask", "flush long", "take", "flush", "clean", "flush", "let go"];

    public Explorer<State> Explore(string first = Clean)
    {
        var pages = new Pages(first, 0, 0);
        return Explorer<State>.Explore(new State(pages, pages, default, default), Steps, Violation);
    }

    private string? Violation(State state)
    {
        if (state.Disk.Use == Clean && (state.Disk.Left, state.Disk.Right) != (state.Memory.Left, state.Memory.Right))
            return "a file that lacks stores is clean on the disk";
        var areDone = IsDone(state.A) && IsDone(state.B);
        return areDone && state is { A.IsDead: false, B.IsDead: false } && state.Disk.Use != Clean ? "all have closed the file and nobody has made it clean" : null;
    }

    private static bool IsDone(User user) => user.IsDead || user.Step == Program.Length;

    private IEnumerable<(string, State)> Steps(State state)
    {
        foreach (var (step, memory, disk, user) in StepsOf(state, state.A, state.B, 1)) yield return ($"A {step}", state with { Memory = memory, Disk = disk, A = user });
        foreach (var (step, memory, disk, user) in StepsOf(state, state.B, state.A, 2)) yield return ($"B {step}", state with { Memory = memory, Disk = disk, B = user });
        yield return ("the kernel writes the header", state with { Disk = state.Disk with { Use = state.Memory.Use } });
        yield return ("the kernel writes the left page", state with { Disk = state.Disk with { Left = state.Memory.Left } });
        yield return ("the kernel writes the right page", state with { Disk = state.Disk with { Right = state.Memory.Right } });
    }

    private IEnumerable<(string, Pages, Pages, User)> StepsOf(State state, User user, User other, int number)
    {
        if (IsDone(user)) yield break;
        yield return ("is killed", state.Memory, state.Disk, user with { IsDead = true, Lock = Held.Nothing });
        var (memory, disk, after) = (state.Memory, state.Disk, user with { Step = user.Step + 1 });
        var step = Program[user.Step];
        switch (step)
        {
            case "share" when sharesTheLock && other.Lock == Held.All: yield break; // waits
            case "share" when sharesTheLock: after = after with { Lock = Held.Share }; break;
            case "look" when memory.Use == InUse || (!waitsForTheDisk && memory.Use != Clean): after = after with { Step = Array.IndexOf(Program, "store left") }; break;
            case "begin": memory = memory with { Use = Beginning }; break;
            case "in use": memory = memory with { Use = InUse }; break;
            case "store left": memory = memory with { Left = number }; break;
            case "store right": memory = memory with { Right = number }; break;
            case "give up" when givesUpItsShareFirst: after = after with { Lock = Held.Nothing }; break;
            case "ask" or "take" when closesAlone && other.Lock != Held.Nothing: after = user with { Step = Program.Length - 1 }; break; // to let go
            case "take": after = after with { Lock = Held.All }; break;
            case "flush" when !flushesBeforeClean && Program[user.Step + 1] == "clean": break;
            case "flush" or "flush long": disk = memory; break;
            case "clean": memory = memory with { Use = Clean }; break;
            case "let go": after = after with { Lock = Held.Nothing }; break;
        }
        yield return (step, memory, disk, after);
    }
}
