using System.Buffers.Binary;
using EtsPersist.Mmf.Files;

namespace EtsPersist.Mmf.Client.Tests.Files;

/// <summary>Runs alone: what is allocated is counted for the whole process.</summary>
[CollectionDefinition(nameof(DamagedFileTests), DisableParallelization = true)]
[Collection(nameof(DamagedFileTests))]
public sealed class DamagedFileTests : IAsyncLifetime, IDisposable
{
    private const int Rows = 12;

    private readonly SavedTables _tables = new();
    private byte[] _whole = [];

    public async Task InitializeAsync()
    {
        var table = _tables.Create(TableKind.Set);
        for (byte row = 0; row < Rows; row++) table.Insert([row, 1, 2, 3], [row, row, row, row, row]);
        _whole = await SavedTables.SaveAsync(table);
        Assert.Equal(Rows, (await SavedTables.ReadAsync(_whole, (_, _) => { })).Rows);
    }

    [Fact]
    [Trait("ets_SUITE", "tabfile_ext4")]
    public async Task A_changed_bit_at_any_place_is_found()
    {
        for (var bit = 0; bit < _whole.Length * 8; bit++)
        {
            var damaged = _whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await RequireRefusedAsync(damaged, $"bit {bit}");
        }
    }

    [Fact]
    public async Task A_file_cut_off_at_any_length_is_found_by_its_ends_alone()
    {
        for (var length = 0; length < _whole.Length; length++)
        {
            using var stream = new MemoryStream(_whole[..length]);
            var error = await Assert.ThrowsAsync<EtsFileFormatException>(() => SavedFile.OpenAsync(stream, "saved", CancellationToken.None));
            Assert.InRange(error.Offset, 0, length);
        }
    }

    [Fact]
    public Task Bytes_after_the_trailer_are_found() => RequireRefusedAsync([.. _whole, 0], "a byte more");

    [Fact]
    public async Task A_section_that_is_missing_doubled_or_out_of_place_is_found()
    {
        var sections = SectionsOf(_whole);
        Assert.True(sections.Count >= 4, $"the file has {sections.Count} sections");
        await RequireRefusedAsync(Join([.. sections.Where((_, index) => index != 2)]), "missing");
        await RequireRefusedAsync(Join([.. sections.Take(2), .. sections.Skip(1)]), "doubled");
        await RequireRefusedAsync(Join([sections[0], sections[2], sections[1], .. sections.Skip(3)]), "out of place");
    }

    [Fact]
    [Trait("ets_SUITE", "tabfile_ext2")]
    public async Task The_error_names_the_file_the_place_and_what_is_wrong()
    {
        var sections = SectionsOf(_whole);
        var start = PortableFormat.PreambleBytes + sections[0].Length;
        _whole[start + SectionHead.Bytes] ^= 1;
        var error = await RequireRefusedAsync(_whole, "the first row");
        Assert.Equal(("saved", start), (error.Path, error.Offset));
        Assert.Contains("checksum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_version_is_named()
    {
        _whole[8] = 2;
        var error = await RequireRefusedAsync(_whole, "the version");
        Assert.Contains("version 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("some text that is no table")]
    [InlineData("{\"rows\": [1, 2, 3], \"and\": \"more than the longest trailer, so that the beginning is looked at\"}")]
    [Trait("ets_SUITE", "badfile")]
    public async Task A_file_that_is_something_else_is_refused(string content) =>
        await RequireRefusedAsync(System.Text.Encoding.UTF8.GetBytes(content), content);

    [Fact]
    [Trait("ets_SUITE", "tabfile_ext1")]
    public async Task A_file_that_counts_other_rows_than_it_has_is_refused()
    {
        var error = await RequireRefusedAsync(await WithRowsAsync(Convert.FromHexString("c40161c40161"), counted: 2), "two rows");
        Assert.Contains("counts 2 rows", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../rows", 1L << 30, -1)]
    [InlineData("rows", 1L, -1)]
    [InlineData("rows", long.MaxValue, -1)]
    [InlineData("rows", 1L << 30, -2)]
    [InlineData("rows", 1L << 30, 1 << 20)]
    public async Task A_header_that_no_table_could_have_is_refused_though_its_checksum_fits(string name, long maximumBytes, int keyBytes)
    {
        var header = new FileHeader(name, TableKind.Set, TableAccess.Public, maximumBytes, keyBytes, -1, [], DateTime.UnixEpoch);
        var error = await RequireRefusedAsync(await WithAsync(header, [], 0), name);
        Assert.Contains("the header is none", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(PortableFormat.MaximumBodyBytes)]
    public async Task A_length_that_cannot_be_true_is_refused_before_memory_is_taken_for_it(int length)
    {
        var start = PortableFormat.PreambleBytes + SectionsOf(_whole)[0].Length;
        BinaryPrimitives.WriteInt32LittleEndian(_whole.AsSpan(start + 12), length);
        await RequireRefusedAsync(_whole, "warm");
        var before = GC.GetAllocatedBytesForCurrentThread(); // reading memory never leaves the thread
        await RequireRefusedAsync(_whole, "measured");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("c40161")] // a key without a value
    [InlineData("c4016101")] // a number where a value belongs
    [InlineData("c6ffffffff61")] // a key that is longer than all
    [InlineData("c1")] // no MessagePack
    public async Task Rows_that_are_none_are_refused_though_their_checksum_fits(string rows)
    {
        var error = await RequireRefusedAsync(await WithRowsAsync(Convert.FromHexString(rows)), rows);
        Assert.Contains("a row is none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_of_another_length_than_the_header_says_is_refused()
    {
        var error = await RequireRefusedAsync(await WithRowsAsync(Convert.FromHexString("c40161c40161"), keyBytes: 8), "a short key");
        Assert.Contains("a key of 1 bytes where the header says 8", error.Message, StringComparison.Ordinal);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _tables.Dispose();

    private static async Task<EtsFileFormatException> RequireRefusedAsync(byte[] bytes, string what)
    {
        var error = await Record.ExceptionAsync(() => SavedTables.ReadAsync(bytes, static (_, _) => { }));
        return error as EtsFileFormatException ?? throw new Xunit.Sdk.XunitException($"{what}: {error?.ToString() ?? "accepted"}");
    }

    /// <summary>A file whose checksums fit and whose rows are these bytes.</summary>
    private static Task<byte[]> WithRowsAsync(byte[] rows, int keyBytes = -1, long counted = 1) =>
        WithAsync(new FileHeader("rows", TableKind.Set, TableAccess.Public, 1 << 30, keyBytes, -1, [], DateTime.UnixEpoch), rows, counted);

    private static async Task<byte[]> WithAsync(FileHeader header, byte[] rows, long counted)
    {
        using var stream = new MemoryStream();
        var writer = new SectionWriter(stream, long.MaxValue);
        await writer.BeginAsync(header, CancellationToken.None);
        await writer.WriteRowsAsync(rows, CancellationToken.None);
        await writer.EndAsync(counted, CancellationToken.None);
        return stream.ToArray();
    }

    private static List<byte[]> SectionsOf(byte[] file)
    {
        var sections = new List<byte[]>();
        for (var start = PortableFormat.PreambleBytes; start < file.Length; start += sections[^1].Length)
            sections.Add(file.AsSpan(start, SectionHead.Bytes + SectionHead.Read(file.AsSpan(start)).Length).ToArray());
        return sections;
    }

    private byte[] Join(IEnumerable<byte[]> sections) => [.. _whole[..PortableFormat.PreambleBytes], .. sections.SelectMany(section => section)];
}
