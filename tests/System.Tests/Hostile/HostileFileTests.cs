using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.System.Tests.Kills;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Hostile;

/// <summary>Files that are no table, or were one: a typed error that names the file, or the contents as they were.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const int Rows = 64;
    private const int Operations = 600;
    private const int Rounds = 200;

    /// <summary>How a byte is changed; in all ways where the environment says ETSPERSIST_EXHAUSTIVE=1.</summary>
    private static readonly byte[] Masks = IsExhaustive ? [0x01, 0x80, 0xFF] : [0xFF];

    private static readonly TableFileOptions Small = new() { Access = TableAccess.Public, MaximumBytes = 16 << 20 };

    private readonly TemporaryFolder _folder = new();
    private readonly ITestOutputHelper _output;
    private string _domain = "";
    private TableModel _model = new("");

    public HostileFileTests(ITestOutputHelper output)
    {
        _output = output;
        Fill("hostile");
    }

    private static bool IsExhaustive => Environment.GetEnvironmentVariable("ETSPERSIST_EXHAUSTIVE") == "1";

    private string Path => _folder["hostile.ets"];

    [Fact]
    public void A_file_that_is_no_table_is_refused_by_name()
    {
        File.WriteAllText(_folder["letter.ets"], new string('a', 100_000));
        RequireNamed<TableFormatException>(_folder["letter.ets"], "is no table");
        File.WriteAllText(_folder["short.ets"], "short");
        RequireNamed<TableFormatException>(_folder["short.ets"], "5 bytes");
        File.WriteAllText(_folder["empty.ets"], "");
        RequireNamed<TableFormatException>(_folder["empty.ets"], "0 bytes");
        Directory.CreateDirectory(_folder["folder.ets"]);
        RequireNamed<EtsException>(_folder["folder.ets"], "folder.ets");
        RequireNamed<TableNotFoundException>(_folder["absent.ets"], "does not exist");
    }

    [Fact]
    public void A_table_of_a_newer_format_is_refused_and_stays_as_it_is()
    {
        Flip(8, 0x03); // format 2
        var before = ReadAll();
        RequireNamed<TableFormatException>(Path, "format 2; this version knows format 1");
        Assert.True(before.AsSpan().SequenceEqual(ReadAll()));
    }

    [Fact]
    public void A_table_that_needs_an_unknown_feature_is_refused()
    {
        Flip(16, 0x40);
        RequireNamed<TableFormatException>(Path, "needs features 40");
    }

    [Fact]
    public void A_table_of_an_unknown_kind_is_refused_by_name()
    {
        Flip(80, 0x01 ^ 0x07);
        Forge();
        RequireNamed<TableKindException>(Path, "kind 7");
    }

    [Fact]
    public void A_table_whose_kind_contradicts_its_features_is_refused_by_name()
    {
        Flip(80, 0x01 ^ 0x03); // a bag that is not laid out as one
        Forge();
        RequireNamed<CorruptTableException>(Path, "required features");
    }

    /// <summary>Every 512 bytes, by default; every length where the environment says ETSPERSIST_EXHAUSTIVE=1.</summary>
    [Fact]
    public void A_truncated_table_is_refused_wherever_it_was_cut()
    {
        var length = new FileInfo(Path).Length;
        var workers = Environment.ProcessorCount;
        TemporaryFolder.Unmap();
        Parallel.For(0, workers, worker =>
        {
            var copy = _folder[$"part {worker}.ets"];
            File.Copy(Path, copy);
            RequireRefusedWhereverCut(copy, length * worker / workers, length * (worker + 1) / workers);
        });
        RequireNamed<TableFormatException>(_folder["part 0.ets"], "0 bytes");
    }

    [Theory]
    [InlineData("hostile")]
    [InlineData("#hostile")]
    public void A_table_with_a_changed_byte_in_its_header_is_refused_or_read_as_it_was(string domain)
    {
        Fill(domain);
        var refused = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        for (var offset = 0; offset < TableGeometry.HeaderBytes; offset++)
        {
            foreach (var mask in Masks)
            {
                Flip(offset, mask);
                var outcome = Read(out var difference);
                Flip(offset, mask);
                refused[outcome] = refused.GetValueOrDefault(outcome) + 1;
                if (difference.Length != 0)
                    wrong.Add($"byte {offset} ^ {mask:x2}: {difference}");
            }
        }
        _output.WriteLine(string.Join(", ", refused.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.True(wrong.Count == 0, $"{wrong.Count} changes of a byte gave other contents:\n{string.Join('\n', wrong.Take(40))}");
        Assert.Equal("read", Read(out _));
    }

    [Theory]
    [InlineData("hostile")]
    [InlineData("#hostile")]
    public void A_table_with_changed_bytes_anywhere_is_read_and_verified_without_any_other_error(string domain)
    {
        Fill(domain);
        _output.WriteLine($"seed {KillSettings.Seed}");
        var random = new Randomness(KillSettings.Seed);
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var ends = UsedRanges();
        for (var round = 0; round < Rounds; round++)
        {
            var (start, end) = ends[random.Below(ends.Length)];
            var offset = start + random.Below((int)(end - start));
            var mask = (byte)(1 << random.Below(8));
            Flip(offset, mask);
            var outcome = Read(out _);
            outcome += Verify() ? ", verified as sound" : ", found by Verify";
            Flip(offset, mask);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }
        _output.WriteLine(string.Join("\n", outcomes.Select(pair => $"{pair.Key}: {pair.Value}")));
        Assert.Equal("read", Read(out _));
        Assert.True(TableVerifier.Verify(Path).IsSound);
    }

    public void Dispose() => _folder.Dispose();

    private void Fill(string domain)
    {
        TableFileRemoval.Delete(Path);
        (_domain, _model) = (domain, new TableModel(domain));
        using var table = TableFile.Create(Path, "hostile", 1, Small);
        if (RowKeys.IsCompact(domain))
            table.DecideRowFormat(Stamp.Small, Stamp.Small);
        var stream = new OperationStream(WorkloadMode.Mixed, domain, 1, 1, Rows);
        for (var i = 0; i < Operations; i++)
        {
            var operation = stream.Next();
            operation.Apply(table);
            _model.Apply(operation);
        }
    }

    /// <summary>Cuts a file at every length between two, from the longest on.</summary>
    private static void RequireRefusedWhereverCut(string path, long from, long to)
    {
        var step = IsExhaustive ? 1 : 512;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        for (var end = to - 1; end >= from; end = end < TableGeometry.HeaderBytes ? end - 1 : (end - 1) / step * step)
        {
            RandomAccess.SetLength(file, end);
            var error = Assert.ThrowsAny<EtsException>(() => TableFile.Open(path, writable: end % 1024 == 0).Dispose());
            Assert.True(error is TableFormatException or CorruptTableException, $"{end} bytes: {error}");
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains($"{end} bytes", error.Message, StringComparison.Ordinal);
        }
    }

    private static void RequireNamed<TException>(string path, string what) where TException : EtsException
    {
        foreach (var writable in (bool[])[false, true])
        {
            var error = Assert.ThrowsAny<TException>(() => TableFile.Open(path, writable).Dispose());
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
        }
        Assert.ThrowsAny<TException>(() => TableVerifier.Verify(path));
    }

    /// <summary>Where header, slots, journals, index and slabs are in use.</summary>
    private (long Start, long End)[] UsedRanges()
    {
        using var table = TableFile.Open(Path, writable: false);
        var report = table.Verify();
        var slabs = TableGeometry.SlabsStart(table.Capacity);
        return
        [
            (0, TableGeometry.HeaderBytes),
            (TableGeometry.SlotsStart, TableGeometry.SlotsStart + (2 * TableGeometry.SlotBytes)),
            (TableGeometry.JournalsStart, TableGeometry.JournalsOf(1)),
            (TableGeometry.IndexStart, TableGeometry.IndexStart + (report.Buckets * TableGeometry.EntryBucketBytes)),
            (slabs, slabs + report.SlabBytes),
        ];
    }

    /// <summary>Reads all rows, by key and by a scan.</summary>
    private string Read(out string difference)
    {
        difference = "";
        try
        {
            using var table = TableFile.Open(Path, writable: false);
            difference = _model.DifferencesTo(TableModel.Read(table, _domain));
            var value = new byte[Stamp.Most];
            foreach (var (key, row) in _model.Rows)
            {
                var status = table.Read(RowKeys.Key(key), value, out var length);
                if (difference.Length == 0 && (status != ReadStatus.Found || RowState.Read(RowKeys.Key(key), value.AsSpan(0, length)) != row))
                    difference = $"{key} is {status}";
            }
            return difference.Length == 0 ? "read" : "other contents";
        }
        catch (EtsException error)
        {
            difference = "";
            Assert.Contains("hostile", error.Message, StringComparison.Ordinal);
            return error.GetType().Name;
        }
    }

    private bool Verify()
    {
        try
        {
            return TableVerifier.Verify(Path).IsSound;
        }
        catch (EtsException)
        {
            return false;
        }
    }

    /// <summary>Makes the check word of the header fit the bytes before it.</summary>
    private void Forge()
    {
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var constant = new byte[TableHeader.ConstantBytes];
        RandomAccess.Read(file, constant, 0);
        RandomAccess.Write(file, BitConverter.GetBytes(TableFormatter.CheckWord(constant)), constant.Length);
    }

    private byte[] ReadAll()
    {
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[RandomAccess.GetLength(file)];
        Assert.Equal(bytes.Length, RandomAccess.Read(file, bytes, 0));
        return bytes;
    }

    private void Flip(long offset, byte mask)
    {
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var value = new byte[1];
        RandomAccess.Read(file, value, offset);
        value[0] ^= mask;
        RandomAccess.Write(file, value, offset);
    }
}
