using System.Runtime.Versioning;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>The files of one control group that tell its memory limit and use.</summary>
[SupportedOSPlatform("linux")]
internal sealed record MemoryGroup(string LimitFile, string UsageFile, string StatisticsFile, bool IsHierarchical)
{
    /// <summary>Version 1 writes "no limit" as a number near 2^63.</summary>
    internal const long Unlimited = 1L << 62;

    /// <summary>The groups of this process and all above them, in both versions; empty where the kernel tells nothing.</summary>
    /// <param name="membershipFile">/proc/self/cgroup: lines of hierarchy:controllers:path.</param>
    /// <param name="mountFile">/proc/self/mountinfo: where the hierarchies are mounted, and which part of them.</param>
    internal static IReadOnlyList<MemoryGroup> FindAll(string membershipFile, string mountFile)
    {
        var found = new List<MemoryGroup>();
        try
        {
            var mounts = File.ReadAllLines(mountFile);
            foreach (var line in File.ReadAllLines(membershipFile))
            {
                var fields = line.Split(':', 3);
                if (fields.Length != 3)
                    continue;
                if (fields[1].Length == 0)
                    AddAll(found, mounts, fields[2], isVersion2: true);
                else if (fields[1].Split(',').Contains("memory"))
                    AddAll(found, mounts, fields[2], isVersion2: false);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No /proc: no limit is known.
        }

        return found;
    }

    private static void AddAll(List<MemoryGroup> found, string[] mounts, string groupPath, bool isVersion2)
    {
        foreach (var mount in mounts)
        {
            // id parent device root mount-point options [optional...] - type source super-options
            var halves = mount.Split(" - ", 2);
            var left = halves[0].Split(' ');
            var right = halves.Length == 2 ? halves[1].Split(' ') : [];
            if (left.Length < 5 || right.Length < 3)
                continue;
            if (isVersion2 ? right[0] != "cgroup2" : right[0] != "cgroup" || !right[2].Split(',').Contains("memory"))
                continue;

            var top = left[4];
            for (var directory = Path.Join(top, Below(groupPath, left[3])); ; directory = Path.GetDirectoryName(directory)!)
            {
                var group = In(directory, isVersion2);
                if (File.Exists(group.LimitFile))
                    found.Add(group);
                if (directory.Length <= top.Length)
                    return;
            }
        }
    }

    /// <summary>
    /// The path under the mount. In a container the mount shows only a part, or the path leads outside: then the mount itself is ours.
    /// </summary>
    private static string Below(string groupPath, string root)
    {
        if (groupPath.Contains("/..", StringComparison.Ordinal))
            return "";
        if (root == "/")
            return groupPath.Trim('/');
        return groupPath.StartsWith(root + "/", StringComparison.Ordinal) ? groupPath[(root.Length + 1)..] : "";
    }

    private static MemoryGroup In(string directory, bool isVersion2) => new(
        Path.Join(directory, isVersion2 ? "memory.max" : "memory.limit_in_bytes"),
        Path.Join(directory, isVersion2 ? "memory.current" : "memory.usage_in_bytes"),
        Path.Join(directory, "memory.stat"),
        isVersion2);
}
