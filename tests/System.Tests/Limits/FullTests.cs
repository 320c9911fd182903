using System.Diagnostics;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Limits;

[Collection(ProcessTests.Name)]
public sealed class FullTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [UnshareFact]
    public void A_full_file_system_is_an_error_with_path_size_and_remedy_and_nothing_is_lost()
    {
        var mount = Directory.CreateDirectory(_folder["small"]).FullName;
        using var peer = StartShell(
            "unshare", ["-rm", "sh", "-c", "mount -t tmpfs -o size=32m tmpfs \"$0\" && exec \"$@\"", mount],
            "fill", "--file", Path.Combine(mount, "full.ets"));
        RequireFullAndAgain(peer, Path.Combine(mount, "full.ets"), "space");
    }

    [LinuxFact("limits of a process")]
    public void A_file_size_limit_is_an_error_with_path_size_and_remedy_and_nothing_is_lost()
    {
        using var peer = StartLimited(65536, "fill", "--file", _folder["full.ets"]);
        RequireFullAndAgain(peer, _folder["full.ets"], "MaximumBytes");
        Assert.True(TableVerifier.Verify(_folder["full.ets"]).IsSound);
    }

    [LinuxFact("limits of a process")]
    public void A_process_with_a_file_size_limit_writes_into_a_table_that_reaches_beyond_it()
    {
        using (TableFile.Create(_folder["large.ets"], "large", 1, new TableFileOptions { Access = TableAccess.Public }))
        {
        }
        using var peer = StartLimited(65536, "fill", "--file", _folder["large.ets"], "--rows", "60000");
        Assert.Equal("60000", peer.WaitFor("enough"));
        Assert.Equal(0, peer.WaitForExit());
        Assert.True(TableVerifier.Verify(_folder["large.ets"]).IsSound);
    }

    [LinuxFact("limits of a process")]
    public void A_file_size_limit_below_the_smallest_table_is_an_error_with_path_and_remedy_and_leaves_no_file()
    {
        using var peer = StartLimited(8192, "fill", "--file", _folder["full.ets"]);
        var failure = peer.WaitFor("failed");
        Assert.Contains(nameof(TableFullException), failure, StringComparison.Ordinal);
        Assert.Contains(_folder["full.ets"], failure, StringComparison.Ordinal);
        Assert.Contains("ulimit -f", failure, StringComparison.Ordinal);
        Assert.Equal(1, peer.WaitForExit());
        Assert.Empty(Directory.GetFiles(_folder.ToString()));
    }

    [LinuxFact("limits of a process")]
    public void A_default_capacity_that_cannot_be_mapped_is_halved_until_it_can()
    {
        using (var peer = StartWithAddressSpace(24L << 30, "fill", "--file", _folder["halved.ets"], "--rows", "10000"))
        {
            Assert.Equal($"{16L << 30}", peer.WaitFor("created"));
            Assert.Equal("10000", peer.WaitFor("enough"));
            Assert.Equal(0, peer.WaitForExit());
        }
        Assert.Equal(16L << 30, new FileInfo(_folder["halved.ets"]).Length);
        Assert.True(TableVerifier.Verify(_folder["halved.ets"]).IsSound);
    }

    [LinuxFact("limits of a process")]
    public void A_capacity_that_was_asked_for_and_cannot_be_mapped_is_an_error_with_limit_and_remedy_and_leaves_no_file()
    {
        using var peer = StartWithAddressSpace(24L << 30, "fill", "--file", _folder["asked.ets"], "--capacity", $"{32L << 30}");
        var failure = peer.WaitFor("failed");
        Assert.Contains(nameof(AddressSpaceException), failure, StringComparison.Ordinal);
        Assert.Contains("RLIMIT_AS", failure, StringComparison.Ordinal);
        Assert.Contains("MaximumBytes", failure, StringComparison.Ordinal);
        Assert.Equal(1, peer.WaitForExit());
        Assert.Empty(Directory.GetFiles(_folder.ToString()));
    }

    [Fact]
    public void A_thousand_tables_are_open_in_one_process()
    {
        using var peer = PeerProcess.Start("many-tables", "--folder", _folder.ToString(), "--count", "1000");
        Assert.Equal("1000", peer.WaitFor("open"));
        peer.Say($"stop");
        Assert.Equal(0, peer.WaitForExit());
    }

    public void Dispose() => _folder.Dispose();

    private static PeerProcess StartShell(string program, string[] shell, params string[] arguments) =>
        PeerProcess.StartWith(new ProcessStartInfo(program, [.. shell, .. PeerProcess.Command, .. arguments]));

    /// <summary>Files may have so many blocks of 512 bytes: 65,536 are 32 MiB. The runtime's double mapping of its own code is a larger file.</summary>
    private static PeerProcess StartLimited(int blocks, params string[] arguments) => StartLimited($"-f {blocks}", arguments);

    /// <summary>The runtime reserves for its heap as much as it may have, and so it may have little.</summary>
    private static PeerProcess StartWithAddressSpace(long bytes, params string[] arguments) => StartLimited($"-v {bytes >> 10}", arguments);

    private static PeerProcess StartLimited(string limit, string[] arguments)
    {
        var start = new ProcessStartInfo(
            "sh", ["-c", $"ulimit {limit}; exec \"$@\"", "sh", .. PeerProcess.Command, .. arguments]);
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x10000000";
        return PeerProcess.StartWith(start);
    }

    private void RequireFullAndAgain(PeerProcess peer, string path, string remedy)
    {
        var full = peer.WaitFor("full").Split(' ');
        var message = peer.WaitFor("message");
        output.WriteLine($"{full[0]} rows of 1000 bytes, then: {message}");
        Assert.InRange(int.Parse(full[0], null), 15_000, 33_000);
        Assert.True(long.Parse(full[1], null) > 0, "The error does not say how many bytes were asked for.");
        Assert.Equal(path, full[2]);
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.OrdinalIgnoreCase);
        output.WriteLine(peer.WaitFor("sound"));
        output.WriteLine($"{peer.WaitFor("again")} rows went in again");
        output.WriteLine(peer.WaitFor("sound"));
        Assert.Equal(0, peer.WaitForExit());
    }
}
