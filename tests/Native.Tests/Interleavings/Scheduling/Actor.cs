using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// A thread that runs production code and stops before each access until it is its turn. It is the whole of its "process", which can be killed.
/// </summary>
internal sealed class Actor : IDisposable
{
    private const int StoresOfALook = 4;

    private readonly SemaphoreSlim _turn = new(0);
    private readonly Thread _thread;
    private Action<Actor>? _script;
    private ulong _observed;
    private long _ownProgress;
    private long _progressAtLastPause;
    private int _storesInRound = -1; // since it last waited; -1: it does not wait
    private bool _disposed;

    public Actor(int index, string name, Image image)
    {
        Index = index;
        Name = name;
        Image = image;
        _thread = new Thread(Live, maxStackSize: 1 << 20) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public int Index { get; }

    public string Name { get; }

    public Image Image { get; }

    public Execution Execution { get; private set; } = null!;

    public Activity Activity { get; set; }

    /// <summary>Whether its thread has begun the script and not left it.</summary>
    public bool IsInScript { get; private set; }

    /// <summary>Where in the source its last store stands, or the one that it is about to make, and what is promised of its order.</summary>
    public (StoreSite Site, StoreKind Kind) Store { get; set; }

    /// <summary>The access that it stands before.</summary>
    public Access Pending { get; set; }

    /// <summary>Whether its process may be killed.</summary>
    public bool IsKillable { get; private set; }

    /// <summary>Steps since another actor stored something.</summary>
    public int StepsAlone { get; private set; }

    /// <summary>Whether nothing has happened since it last looked whether it need not wait any more.</summary>
    public bool HasSeenAll => Execution.Progress - _ownProgress == _progressAtLastPause;

    public void Begin(Execution execution, bool isKillable, Action<Actor> script)
    {
        Execution = execution;
        IsKillable = isKillable;
        _script = script;
        _observed = 0;
        _ownProgress = 0;
        _progressAtLastPause = -1;
        _storesInRound = -1;
        StepsAlone = 0;
        Pending = default;
        Activity = Activity.NotStarted;
    }

    public void TakeTurn() => _turn.Release();

    /// <summary>Waits until the scheduler lets it go on.</summary>
    public void AwaitTurn() => _turn.Wait();

    public ulong Read(long offset)
    {
        Execution.Step(this, new Access(AccessKind.Read, offset, 0));
        var value = Image.Read(offset);
        Observe(value);
        if (offset >= Image.Space.SlabsStart)
            Observe(Image.HashAround(offset)); // the key and a long value are read past the seam, behind the header
        return value;
    }

    public void Write(long offset, ulong value)
    {
        Execution.Step(this, new Access(AccessKind.Write, offset, value));
        Image.Write(offset, value);
        NoteStore();
    }

    public bool CompareExchange(long offset, ulong expected, ulong value)
    {
        Execution.Step(this, new Access(AccessKind.CompareExchange, offset, value));
        var exchanged = Image.CompareExchange(offset, expected, value);
        Observe(exchanged ? 1UL : 0);
        if (!exchanged)
            return false;
        if (offset >= TableGeometry.IndexStart)
            Observe(Image.HashAround(offset)); // what is read past the seam in a bucket that is locked
        NoteStore();
        return true;
    }

    public void Fill(long offset, ReadOnlySpan<byte> source)
    {
        Execution.Step(this, new Access(AccessKind.Fill, offset, 0));
        Image.Fill(offset, source);
        NoteStore();
    }

    /// <summary>Asks or changes the kernel's locks.</summary>
    public bool Ask(AccessKind kind, int slot, Func<int, bool> kernel)
    {
        Execution.Step(this, new Access(kind, slot, 0));
        var answer = kernel(slot);
        Observe(answer ? 1UL : 0);
        if (kind != AccessKind.IsHeld && answer)
            NoteStore();
        return answer;
    }

    /// <summary>It cannot go on before another one has stored something; the first time it looks again at once.</summary>
    public void Pause()
    {
        Execution.Defect?.Rest(this);
        Activity = Activity.Pausing;
        if (HasSeenAll)
            Execution.Wait(this);
        Activity = Activity.Running;
        _progressAtLastPause = Execution.Progress - _ownProgress;
        _storesInRound = 0;
    }

    /// <summary>Its operation is over: it does not wait any more.</summary>
    public void EndOperation()
    {
        Execution.Defect?.Rest(this);
        if (_storesInRound > 0)
            NoteProgress(_storesInRound);
        _storesInRound = -1;
    }

    /// <summary>A hash of everything that its next steps depend on, but for memory: its code is a function of what it has read.</summary>
    public ulong StateKey()
    {
        var key = Mixing.Mix(_observed, (ulong)Activity | (HasSeenAll ? 0x100UL : 0));
        return Mixing.Mix(Mixing.Mix(key, Pending.Value), ((ulong)Pending.Kind << 56) | (ulong)Pending.Target);
    }

    public void CountStep()
    {
        StepsAlone++;
        Observe(0);
    }

    /// <summary>Another actor has stored something.</summary>
    public void NoteOther() => StepsAlone = 0;

    public void Dispose()
    {
        _disposed = true;
        TakeTurn();
        _thread.Join();
        _turn.Dispose();
    }

    private void Observe(ulong value) => _observed = Mixing.Add(_observed, value);

    /// <summary>
    /// The few stores by which somebody who waits looks again are no progress, else two who wait would wake each other for ever.
    /// </summary>
    private void NoteStore()
    {
        if (_storesInRound < 0)
            NoteProgress(1);
        else if (++_storesInRound > StoresOfALook)
            EndOperation();
        else
            Execution.NoteStore(this, progress: 0);
    }

    private void NoteProgress(int stores)
    {
        _ownProgress += stores;
        Execution.NoteStore(this, stores);
    }

    private void Live()
    {
        SteppedMemory.Enter(Image, this);
        while (true)
        {
            AwaitTurn();
            if (_disposed)
                return;
            try
            {
                IsInScript = true;
                _script!(this);
                Execution.Defect?.Rest(this);
            }
            catch (KilledException)
            {
                // Its process is dead, or the execution is over.
            }
#pragma warning disable CA1031 // whatever an operation throws is what the execution is about
            catch (Exception error)
            {
                Execution.Fail($"{Name} threw {error}");
            }
#pragma warning restore CA1031
            IsInScript = false;
            Execution.End(this);
        }
    }
}
