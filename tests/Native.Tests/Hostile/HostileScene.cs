using System.Text;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>
/// A small table with rows of all sizes, in which a writer was killed within one operation; then words of it are changed, one at a time.
/// The same on each run: the seed of its hashes is fixed.
/// </summary>
internal sealed unsafe class HostileScene : IDisposable
{
    private const int GroundRows = 24;

    private readonly CrashScenario _scenario;
    private readonly CrashTable _table;
    private readonly SimulatedKernel _kernel = new();
    private readonly HostileArena _arena;
    private SortedDictionary<string, string> _rows = [];
    private WordScopes _scopes;

    public HostileScene(CrashScenario scenario)
    {
        _scenario = scenario;
        _table = new CrashTable(scenario.Format, scenario.Kind);
        Words = new HostileWords(_table.Space);
        FixHeader();
        _table.Attach();
        for (var row = 0; row < GroundRows; row++)
            _table.Insert(KeyOf('g', row), Value(scenario.Format.HasEntries ? sizeof(long) : row * row, row));
        for (var row = 0; row < GroundRows; row += 5)
            _table.Delete(KeyOf('g', row));
        scenario.Prepare(_table);
        _table.Storage.Save();
        _arena = new HostileArena(_table.Storage);
        _scopes = null!;
        Moments = FindMoments();
        GoTo(Moments[0]);
    }

    public string Name => _scenario.Name;

    /// <summary>The stores before which a kill leaves the journal in another kind of state than before.</summary>
    public IReadOnlyList<int> Moments { get; }

    public HeapStorage Storage => _table.Storage;

    public IEnumerable<string> Keys => _rows.Keys;

    /// <summary>What of the table can be changed, as it is now.</summary>
    public HostileWords Words { get; }

    /// <summary>Makes the table as a kill before this store leaves it.</summary>
    public void GoTo(int moment)
    {
        Run(moment);
        _rows = _table.Contents();
        _scopes = new WordScopes(_table.Space, _rows.Keys);
    }

    /// <summary>Writes the table as it is now for the peer that maps it: the parts that are not empty, each as offset, length and bytes.</summary>
    public void Export(string path)
    {
        var header = _table.Space.Header;
        var boot = header->BootId;
        SetBoot(BootIdentity.Current);
        using (var image = new BinaryWriter(File.Create(path)))
        {
            image.Write(Storage.Capacity);
            foreach (var (start, end) in Words.Regions())
            {
                image.Write(start);
                image.Write((int)(end - start));
                image.Write(new ReadOnlySpan<byte>(Storage.Base + start, (int)(end - start)));
            }
        }
        SetBoot(boot);
    }

    /// <summary>Opens the damaged table for reading, and reads it in every way.</summary>
    public HostileOutcome Read(Mutation mutation) => Read(mutation, ScopeOf(mutation), lookupStride: 1, verify: true);

    /// <summary>Opens the damaged table for reading, scans it, and looks some of the rows up.</summary>
    public HostileOutcome ReadQuickly(Mutation mutation) => Read(mutation, ScopeOf(mutation), lookupStride: 6, verify: false);

    private HostileOutcome Read(Mutation mutation, WordScope scope, int lookupStride, bool verify) => Try(mutation, scope, trial =>
    {
        var table = trial.Open(_kernel.NewProcess());
        if (table is null)
            return;
        foreach (var (key, value) in _rows.Where((_, place) => place % lookupStride == 0))
            trial.Do(() => trial.Compare(key, value, table.Lookup(key)));
        trial.Do(() => trial.Lookup(table, "missing."));
        trial.Do(() => trial.CompareAll(table.Scan()));
        if (verify)
            trial.Do(() => table.Verify());
    });

    /// <summary>Opens the damaged table for writing, which recovers its dead writer, and does everything that changes rows.</summary>
    public HostileOutcome Write(Mutation mutation) => Try(mutation, ScopeOf(mutation), trial =>
    {
        var table = trial.Open(_kernel.NewProcess());
        if (table is null)
            return;
        trial.Do(table.SettleDead);
        var attached = false;
        trial.Do(() =>
        {
            table.Attach();
            attached = true;
        });
        if (attached)
            HostileWork.Run(trial, table, [.. _rows.Keys]);
        trial.Do(() => table.Scan());
        trial.Do(() => table.Verify());
        trial.Do(table.Detach);
    });

    /// <summary>Flips a bit of the constant part of the header and makes the check word fit, so that anything may be different but nothing may break.</summary>
    public HostileOutcome Forge(int bit)
    {
        var header = _table.Space.Header;
        var byteOffset = bit / 8;
        Storage.Base[byteOffset] ^= (byte)(1 << (bit % 8));
        var check = TableFormatter.CheckWord(new ReadOnlySpan<byte>(header, TableHeader.ConstantBytes));
        var everything = new WordScope();
        everything.Keys.UnionWith(_rows.Keys);
        try
        {
            return Read(new Mutation(_table.Space.OffsetOf(&header->Check), check), everything, lookupStride: 1, verify: true);
        }
        finally
        {
            Storage.Base[byteOffset] ^= (byte)(1 << (bit % 8));
        }
    }

    public void Dispose() => _table.Dispose();

    public static string KeyOf(char kind, int row) => $"{kind}{row:d7}";

    public static byte[] Value(int length, int seed)
    {
        var value = new byte[length];
        new Random(seed).NextBytes(value);
        return value;
    }

    /// <summary>What the word encodes; also the row whose key it spells from now on.</summary>
    private WordScope ScopeOf(Mutation mutation)
    {
        var scope = _scopes[mutation.Offset];
        var spelled = Encoding.UTF8.GetString(BitConverter.GetBytes(mutation.Value)).TrimEnd('\0');
        if (!scope.MayGain || !_rows.ContainsKey(spelled))
            return scope;
        var both = new WordScope();
        both.Keys.UnionWith([.. scope.Keys, spelled]);
        return both;
    }

    private HostileOutcome Try(Mutation mutation, WordScope scope, Action<HostileTrial> run)
    {
        BoundedMemory.Arena = _arena;
        _arena.Damage(mutation.Offset, mutation.Value);
        try
        {
            var trial = new HostileTrial(_table.Storage, _rows, scope);
            run(trial);
            return trial.Outcome(_arena.Violation);
        }
        finally
        {
            _arena.Undo();
            _kernel.KillAllBut(null);
        }
    }

    private List<int> FindMoments()
    {
        var moments = new List<int>();
        var seen = new HashSet<string>();
        var point = Run(int.MaxValue);
        for (var store = 0; store <= point.Stores; store++)
        {
            Run(store);
            if (seen.Add(State()))
                moments.Add(store);
        }
        return moments;
    }

    /// <summary>The kind of state in which the journal is.</summary>
    private string State()
    {
        var journal = _table.Space.JournalAt(1);
        var header = _table.Space.Header;
        var bucket = journal->Bucket == 0 || !_table.Space.Format.IsDecided ? default : new BucketMeta(_table.Space.LockedAt(journal->Bucket)->Meta);
        ulong[] registers = [journal->Lane, journal->New, journal->Old, journal->Spare, journal->Chain, journal->Freed, journal->Transfer, header->AllocatorLock];
        var shape = string.Concat(registers.Select(register => register == 0 ? '-' : 'x'));
        return $"{(JournalState)journal->State} {(StructureState)journal->Structure} {shape} {bucket.IsLocked} {(byte)journal->Batch}";
    }

    private CrashPoint Run(int killBefore)
    {
        _table.Storage.Restore();
        _table.ReplaceProcess();
        if (_scenario.Name != "attach")
            _table.TakeBackSlot();
        var point = new CrashPoint(killBefore);
        using (TracedMemory.Watch(point))
        {
            try
            {
                _scenario.Operation(_table);
            }
            catch (KilledException)
            {
                // As intended.
            }
        }
        _table.ReplaceProcess();
        return point;
    }

    private void FixHeader()
    {
        var header = _table.Space.Header;
        (header->HashSeed0, header->HashSeed1) = (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210);
        SetBoot(header->BootId);
    }

    private void SetBoot(Guid boot)
    {
        var header = _table.Space.Header;
        header->BootId = boot;
        header->Use = UseWord.InUseIn(boot).Bits;
        header->Check = TableFormatter.CheckWord(new ReadOnlySpan<byte>(header, TableHeader.ConstantBytes));
    }
}
