using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// One interleaving of all actors, from the beginning to the end of their scripts. Exactly one thread runs at a time: whoever has the turn asks
/// before each access who goes on, and hands the turn over.
/// </summary>
/// <remarks>
/// An actor is stopped only before an access that others can notice; elsewhere the order makes no difference. A killed actor makes no store any more,
/// and its locks fall at that moment. It is killed before one of its stores, or, when it is not running, before another one asks the kernel: at other
/// moments nobody could notice. Its thread is unwound when the execution is over.
/// </remarks>
internal sealed class Execution(Image image, Actor[] actors, IChoices choices, Bounds bounds) : IDisposable
{
    private const int MostStepsAlone = 20_000;
    private const int MostOptions = 16;
    private const int LooksForEach = 3;

    private readonly SemaphoreSlim _over = new(0);
    private readonly Option[] _options = new Option[MostOptions];
    private int _count;
    private int _looksInVain;
    private bool _isOver;
    private uint _alive = (1U << actors.Length) - 1;
    private readonly Dictionary<Actor, int> _slots = [];

    public SimulatedKernel Kernel { get; } = new();

    public Dictionary<Actor, ILiveness> Processes { get; } = [];

    public History History { get; } = new(actors.Length);

    public Schedule Schedule { get; } = new();

    public Defect? Defect { get; init; }

    /// <summary>Whether it is known which words are shared, so that an operation counts as begun only when it touches one.</summary>
    public bool KnowsSharedWords { get; init; }

    public int Steps { get; private set; }

    public int Preemptions { get; private set; }

    public int Kills { get; private set; }

    /// <summary>How much has happened that somebody may wait for: stores, kills and changed locks of the kernel.</summary>
    public long Progress { get; private set; }

    /// <summary>What went wrong, or null.</summary>
    public string? Failure { get; private set; }

    public bool IsAlive(Actor actor) => (_alive & (1U << actor.Index)) != 0;

    /// <summary>Runs until all actors have ended or are dead.</summary>
    public void Run()
    {
        PassOn(null);
        _over.Wait();
        _isOver = true;
        foreach (var actor in actors)
        {
            if (!actor.IsInScript)
                continue;
            actor.TakeTurn(); // it stands in the middle, and is thrown out of it
            _over.Wait();
        }
    }

    /// <summary>An actor stands before an access. Returns when it is its turn to make it.</summary>
    public void Step(Actor actor, Access access)
    {
        RequireLife(actor);
        Steps++;
        actor.Pending = access;
        actor.CountStep();
        if (actor.StepsAlone > MostStepsAlone)
            Stop($"{actor.Name} does not come to an end although nobody stores anything");
        var isShared = access.IsLiveness || image.Touch(access.Target, access.IsStore, actor.Index, _alive);
        var mayStop = isShared || choices.AtEveryStep;
        if (mayStop || (access.IsStore && actor.IsKillable && Kills < bounds.Kills))
            Decide(actor, access, mayStop);
        if (isShared || !KnowsSharedWords)
            History.Invoke(actor.Index);
    }

    /// <summary>The actor cannot go on: others do.</summary>
    public void Wait(Actor actor)
    {
        RequireLife(actor);
        PassOn(actor);
        actor.AwaitTurn();
        RequireLife(actor);
    }

    /// <summary>Waits until somebody has been killed. False: that will not happen any more.</summary>
    public bool AwaitDeath(Actor actor)
    {
        if (Kills == 0)
        {
            actor.Activity = Activity.AwaitingDeath;
            Wait(actor);
            actor.Activity = Activity.Running;
        }
        return Kills > 0;
    }

    /// <summary>The actor has a slot from now on, or none: two of the living never have the same.</summary>
    public void NoteSlot(Actor actor, int slot)
    {
        if (slot >= 0 && _slots.Any(taken => taken.Value == slot && taken.Key != actor && IsAlive(taken.Key)))
            Fail($"{actor.Name} has slot {slot}, which another living process has");
        _slots[actor] = slot;
    }

    /// <summary>Whether a living process has this slot.</summary>
    public bool IsSlotOfTheLiving(int slot) => _slots.Any(taken => taken.Value == slot && IsAlive(taken.Key));

    /// <summary>The actor has stored something.</summary>
    /// <param name="by">Who it was.</param>
    /// <param name="progress">How many stores others may wait for.</param>
    public void NoteStore(Actor by, int progress)
    {
        Progress += progress;
        if (progress > 0)
            _looksInVain = 0;
        foreach (var actor in actors)
        {
            if (actor != by)
                actor.NoteOther();
        }
    }

    /// <summary>The actor's script is over, or it has been thrown out of it.</summary>
    public void End(Actor actor)
    {
        var wasOver = _isOver;
        actor.Activity = IsAlive(actor) ? Activity.Ended : Activity.Dead;
        if (wasOver)
            _over.Release();
        else
            PassOn(actor);
    }

    public void Fail(string failure)
    {
        if (!_isOver)
            Failure ??= failure;
    }

    /// <summary>A hash of the state: what is stored, where everybody stands, what has been answered, and what may still be chosen but for pre-emptions.</summary>
    public ulong StateKey()
    {
        var key = Mixing.Mix(image.Fingerprint, History.OrderKey);
        foreach (var actor in actors)
            key = Mixing.Mix(key, actor.StateKey());
        return Mixing.Mix(key, ((ulong)_alive << 32) | ((ulong)(uint)Kills << 16) | (uint)_options[0].Actor | (_options[0].Kind == OptionKind.Continue ? 0x100UL : 0));
    }

    /// <summary>A hash of what is stored and of who is dead: what is left when the execution is over.</summary>
    public ulong MemoryKey() => Mixing.Mix(image.Fingerprint, _alive);

    public void Dispose() => _over.Dispose();

    private void Decide(Actor actor, Access access, bool mayStop)
    {
        while (true)
        {
            _count = 0;
            Add(OptionKind.Continue, actor);
            if (mayStop && Preemptions < bounds.Preemptions)
                AddRunnable(except: actor);
            if (Kills < bounds.Kills)
                AddKills(actor, access);
            var chosen = Choose();
            switch (chosen.Kind)
            {
                case OptionKind.Continue:
                    return;
                case OptionKind.Run:
                    Preemptions++;
                    Give(actors[chosen.Actor]);
                    actor.AwaitTurn();
                    RequireLife(actor);
                    return;
                default:
                    Kill(actors[chosen.Actor]);
                    RequireLife(actor);
                    break;
            }
        }
    }

    /// <summary>Whoever had the turn cannot go on, so somebody else does; nobody at the end.</summary>
    private void PassOn(Actor? from)
    {
        while (true)
        {
            _count = 0;
            if (Failure is null)
                AddRunnable(except: null);
            if (_count == 0 && Failure is null)
                AddIdle();
            if (_count == 0)
            {
                _over.Release();
                return;
            }
            if (Kills < bounds.Kills)
                AddKills(from, default);
            var chosen = Choose();
            if (chosen.Kind == OptionKind.Run)
            {
                Give(actors[chosen.Actor]);
                return;
            }
            Kill(actors[chosen.Actor]);
        }
    }

    /// <summary>
    /// Nobody can run. Whoever waits looks once more, since another one that waits may have been in the way for a moment, and is lost if that is in vain;
    /// those who wait for deaths are told that there will be none.
    /// </summary>
    private void AddIdle()
    {
        var waiting = actors.Where(actor => actor.Activity == Activity.Pausing).ToArray();
        if (waiting.Length > 0 && _looksInVain++ < LooksForEach * waiting.Length)
            Add(OptionKind.Run, waiting[_looksInVain % waiting.Length]);
        else if (waiting.Length > 0)
            Fail($"{string.Join(" and ", waiting.Select(actor => actor.Name))} wait for ever");
        else if (actors.FirstOrDefault(actor => actor.Activity == Activity.AwaitingDeath) is { } idle)
            Add(OptionKind.Run, idle);
    }

    private void AddRunnable(Actor? except)
    {
        foreach (var actor in actors)
        {
            var canRun = actor.Activity switch
            {
                Activity.NotStarted or Activity.Running => true,
                Activity.Pausing => !actor.HasSeenAll,
                Activity.AwaitingDeath => Kills > 0,
                _ => false,
            };
            if (canRun && actor != except)
                Add(OptionKind.Run, actor);
        }
    }

    /// <summary>The running one before its store; another before somebody asks the kernel, or when nobody runs.</summary>
    private void AddKills(Actor? running, Access access)
    {
        foreach (var actor in actors)
        {
            var isCutShort = actor == running ? access.IsStore : access.IsLiveness || access.Kind == AccessKind.None;
            if (actor.IsKillable && isCutShort && actor.Activity is Activity.Running or Activity.Pausing)
                Add(OptionKind.Kill, actor);
        }
    }

    private Option Choose()
    {
        var chosen = _count == 1 ? _options[0] : _options[choices.Choose(this, _options.AsSpan(0, _count))];
        if (_count > 1 && chosen.Kind != OptionKind.Continue)
            Schedule.Add(Steps, chosen);
        return chosen;
    }

    private void Add(OptionKind kind, Actor actor) => _options[_count++] = new Option(kind, actor.Index);

    private static void Give(Actor actor)
    {
        if (actor.Activity == Activity.NotStarted)
            actor.Activity = Activity.Running;
        actor.TakeTurn();
    }

    private void Kill(Actor actor)
    {
        Kills++;
        Progress++;
        _alive &= ~(1U << actor.Index);
        actor.Activity = Activity.Dead;
        Kernel.Kill(Processes[actor]);
        History.Invoke(actor.Index); // what it has stored may not have been noticed yet, and may be finished by others
    }

    private void Stop(string failure)
    {
        Fail(failure);
        throw new KilledException();
    }

    private void RequireLife(Actor actor)
    {
        if (_isOver || Failure is not null || !IsAlive(actor))
            throw new KilledException();
    }
}
