using System.Buffers.Text;
using System.Runtime.Versioning;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// How much memory tmpfs may still take before the kernel answers with SIGKILL: the limits of this process's control group and of all above
/// it, versions 1 and 2, and what the machine has available. Page cache counts as free, since the kernel drops it before it kills; swap of
/// a group does not count. The check is cheap (some tens of microseconds a reservation) and cannot be exact: others may take memory
/// meanwhile.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class MemoryHeadroom
{
    // The kernel charges in batches per processor and needs page tables for what is mapped.
    internal const long Margin = 4L << 20;
    private const int BufferSize = 8192; // memory.stat is about 2 KiB

    private readonly IReadOnlyList<MemoryGroup> _groups;
    private readonly string _machineFile;

    internal MemoryHeadroom(IReadOnlyList<MemoryGroup> groups, string machineFile)
    {
        _groups = groups;
        _machineFile = machineFile;
    }

    internal static MemoryHeadroom Current { get; } =
        new(MemoryGroup.FindAll("/proc/self/cgroup", "/proc/self/mountinfo"), "/proc/meminfo");

    /// <summary>
    /// Throws <see cref="TableFullException"/> that names the limit if <paramref name="length"/> bytes more would come too near to it.
    /// </summary>
    internal void Require(string path, long length)
    {
        foreach (var group in _groups)
        {
            var limit = ReadNumber(group.LimitFile);
            if (limit is null or >= MemoryGroup.Unlimited || ReadNumber(group.UsageFile) is not { } usage)
                continue;
            if (limit - usage >= length + Margin)
                continue; // enough without looking at the cache, which costs a longer read
            var free = limit.Value - usage + ReadReclaimable(group);
            if (free < length + Margin)
            {
                throw TableFullException.ForFile(path, length,
                    $"the control group allows {limit} bytes of memory ('{group.LimitFile}') and {Math.Max(free, 0)} are left. " +
                    "Raise that limit, drop tables, or place the table on a disk.");
            }
        }

        if (ReadMachine() is { } available && available < length + Margin)
        {
            throw TableFullException.ForFile(path, length,
                $"the machine has only {available} bytes of memory available. " +
                "End other programs, drop tables, or place the table on a disk.");
        }
    }

    private long? ReadMachine()
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        var text = Read(_machineFile, buffer);
        return Find(text, "MemAvailable:"u8) is { } available ? (available + (Find(text, "SwapFree:"u8) ?? 0)) * 1024 : null;
    }

    private static long ReadReclaimable(MemoryGroup group)
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        var text = Read(group.StatisticsFile, buffer);
        return group.IsHierarchical
            ? (Find(text, "inactive_file "u8) ?? 0) + (Find(text, "active_file "u8) ?? 0)
            : (Find(text, "total_inactive_file "u8) ?? 0) + (Find(text, "total_active_file "u8) ?? 0);
    }

    private static long? ReadNumber(string file)
    {
        Span<byte> buffer = stackalloc byte[64];
        var text = Read(file, buffer);
        return Utf8Parser.TryParse(text, out long value, out _) ? value : null; // "max" is no number: no limit
    }

    /// <summary>The number behind a key at the beginning of a line.</summary>
    private static long? Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        foreach (var line in text.Split((byte)'\n'))
        {
            var candidate = text[line];
            if (candidate.StartsWith(key) && Utf8Parser.TryParse(candidate[key.Length..].TrimStart((byte)' '), out long value, out _))
                return value;
        }

        return null;
    }

    /// <summary>What the file says, or nothing: a file that is missing or not ours to read sets no limit.</summary>
    private static ReadOnlySpan<byte> Read(string file, Span<byte> buffer)
    {
        try
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return buffer[..RandomAccess.Read(handle, buffer, 0)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
