using System.Globalization;
using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

[SupportedOSPlatform("linux")]
public sealed class MemoryHeadroomTests : IDisposable
{
    private const long Mebibyte = 1 << 20;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("max", 5000, 0, 10, false)]
    [InlineData("9223372036854771712", 5000, 0, 10, false)]
    [InlineData("104857600", 10, 0, 10, false)]
    [InlineData("104857600", 95, 0, 10, true)]
    [InlineData("104857600", 95, 20, 10, false)]
    [InlineData("104857600", 99, 2, 1, true)]
    public void A_limit_refuses_what_would_come_too_near_and_page_cache_counts_as_free(
        string limit, long usedMebibytes, long cacheMebibytes, long requestedMebibytes, bool refused)
    {
        var headroom = new MemoryHeadroom([Group("g", limit, usedMebibytes * Mebibyte, cacheMebibytes * Mebibyte)], _folder["none"]);
        var error = Record.Exception(() => headroom.Require("/t.ets", requestedMebibytes * Mebibyte));
        Assert.Equal(refused, error is TableFullException);
        if (error is TableFullException full)
        {
            Assert.Contains(_folder["g/memory.max"], full.Message, StringComparison.Ordinal);
            Assert.Equal(("/t.ets", requestedMebibytes * Mebibyte), (full.Path, full.RequestedBytes));
        }
    }

    [Fact]
    public void The_limit_of_a_group_above_counts_too()
    {
        var headroom = new MemoryHeadroom([Group("own", "max", 0, 0), Group("above", "1048576", 0, 0)], _folder["none"]);
        Assert.Contains("above", Assert.Throws<TableFullException>(() => headroom.Require("/t.ets", 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_machines_own_memory_counts()
    {
        File.WriteAllText(_folder["meminfo"], "MemTotal:       24000000 kB\nMemAvailable:      5000 kB\nSwapFree:          2000 kB\n");
        var headroom = new MemoryHeadroom([], _folder["meminfo"]);
        headroom.Require("/t.ets", 2 * Mebibyte);
        var error = Assert.Throws<TableFullException>(() => headroom.Require("/t.ets", 3 * Mebibyte));
        Assert.Contains("machine", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_missing_set_no_limit()
    {
        var group = new MemoryGroup(_folder["a"], _folder["b"], _folder["c"], true);
        new MemoryHeadroom([group], _folder["d"]).Require("/t.ets", 1 << 30);
        Assert.Empty(MemoryGroup.FindAll(_folder["a"], _folder["b"]));
    }

    [LinuxTheory("control groups, and the paths in their files")]
    [InlineData("0::/a/b", "30 1 0:1 / {0} rw - cgroup2 cgroup2 rw", "a/b,a,")]
    [InlineData("0::/a/b", "30 1 0:1 /a {0} rw shared:4 - cgroup2 cgroup2 rw", "b,")]
    [InlineData("0::/", "30 1 0:1 / {0} rw - cgroup2 cgroup2 rw", "")]
    [InlineData("0::/../other", "30 1 0:1 / {0} rw - cgroup2 cgroup2 rw", "")]
    [InlineData("0::/docker/1", "30 1 0:1 /elsewhere {0} rw - cgroup2 cgroup2 rw", "")]
    public void The_groups_are_found_from_the_own_one_upwards(string membership, string mount, string expected)
    {
        var top = _folder["cgroup"];
        foreach (var directory in new[] { "", "a", "a/b", "b" })
        {
            Directory.CreateDirectory(Path.Combine(top, directory));
            File.WriteAllText(Path.Combine(top, directory, "memory.max"), "max");
        }

        File.WriteAllText(_folder["membership"], membership + "\n");
        File.WriteAllText(_folder["mounts"], string.Format(CultureInfo.InvariantCulture, mount, top) + "\n");
        var found = MemoryGroup.FindAll(_folder["membership"], _folder["mounts"]);
        var files = expected.Split(',').Select(name => Path.Join(top, name == "" ? "memory.max" : name + "/memory.max"));
        Assert.Equal(files, found.Select(group => group.LimitFile));
    }

    [Fact]
    public void Version_1_is_read_by_its_own_names()
    {
        Directory.CreateDirectory(_folder["memory/x"]);
        File.WriteAllText(_folder["memory/x/memory.limit_in_bytes"], "10485760\n");
        File.WriteAllText(_folder["memory/x/memory.usage_in_bytes"], "9437184\n");
        File.WriteAllText(_folder["memory/x/memory.stat"], "inactive_file 1\ntotal_inactive_file 4194304\ntotal_active_file 1048576\n");
        File.WriteAllText(_folder["membership"], "4:memory:/x\n2:cpu:/\n");
        File.WriteAllText(_folder["mounts"], $"35 31 0:32 / {_folder["memory"]} rw,relatime - cgroup cgroup rw,memory\n");
        var headroom = new MemoryHeadroom(MemoryGroup.FindAll(_folder["membership"], _folder["mounts"]), _folder["none"]);
        headroom.Require("/t.ets", 2 * Mebibyte); // 1 MiB below the limit and 5 MiB of cache, less the margin
        Assert.Throws<TableFullException>(() => headroom.Require("/t.ets", (2 * Mebibyte) + 1));
    }

    [Fact]
    public void The_real_files_of_this_machine_allow_a_small_reservation() => MemoryHeadroom.Current.Require("/t.ets", 4096);

    private MemoryGroup Group(string name, string limit, long usage, long cache)
    {
        Directory.CreateDirectory(_folder[name]);
        File.WriteAllText(_folder[name + "/memory.max"], limit + "\n");
        File.WriteAllText(_folder[name + "/memory.current"], usage + "\n");
        File.WriteAllText(_folder[name + "/memory.stat"], $"anon 1\nfile 1\nactive_file 0\ninactive_file {cache}\n");
        return new(_folder[name + "/memory.max"], _folder[name + "/memory.current"], _folder[name + "/memory.stat"], true);
    }
}
