using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Peer.Workload;
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
        var before = File.ReadAllBytes(Path);
        RequireNamed<TableFormatException>(Path, "format 2; this version knows format 1");
        Assert.True(before.AsSpan().SequenceEqual(File.ReadAllBytes(Path)));
    }

    [Fact]
    public void A_table_that_needs_an_unknown_feature_is_refused()
    {
        Flip(16, 0x40);
        RequireNamed<TableFormatException>(Path, "needs features 40");
    }

    [Fact]
    public void A_truncated_table_is_refused_wherever_it_was_cut()
    {
        var length = new FileInfo(Path).Length;
        const int Header = TableGeometry.HeaderBytes;
        long[] ends = [length - 1, length / 2, TableGeometry.IndexStart, TableGeometry.JournalsStart, Header, Header - 1, 100, 8, 1];
        foreach (var end in ends)
        {
            using (var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Write))
                RandomAccess.SetLength(file, end);
            RequireNamed<EtsException>(Path, $"{end} bytes");
        }
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
            foreach (var mask in (byte[])[0x01, 0x80, 0xFF])
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
        File.Delete(Path);
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
                if (difference.Length == 0 && (status != ReadStatus.Found || !value.AsSpan(0, length).SequenceEqual(row)))
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

    private void Flip(long offset, byte mask)
    {
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite);
        var value = new byte[1];
        RandomAccess.Read(file, value, offset);
        value[0] ^= mask;
        RandomAccess.Write(file, value, offset);
    }
}
