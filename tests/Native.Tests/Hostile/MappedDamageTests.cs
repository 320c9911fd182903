using System.Diagnostics;
using EtsPersist.Mmf.Harness.Processes;
using EtsPersist.Mmf.Harness.Workload;
using EtsPersist.Mmf.Native.Tests.Crash;
using EtsPersist.Mmf.Native.Tests.Os;
using EtsPersist.Mmf.Peer;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>
/// The same damage in mapped files, opened by a process of its own through the production code, since an access violation ends a process.
/// </summary>
public sealed class MappedDamageTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>One change of so many is tried; by default in one state of the table of so many.</summary>
    private static readonly int Stride = HostileReport.Stride(usual: 1009, exhaustive: 53);
    private static readonly int MomentStride = HostileReport.IsExhaustive ? 1 : 7;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("batch of everything")]
    [InlineData("split that needs three overflow buckets for the partner")]
    [InlineData("entries: batch of everything")]
    [InlineData("entries: split that needs three overflow buckets for the partner")]
    public void A_process_that_maps_a_damaged_table_lives(string name)
    {
        using var scene = new HostileScene(CrashScenarios.All.Concat(EntryCrashScenarios.All).Single(scenario => scenario.Name == name));
        var report = new HostileReport("mapped words");
        foreach (var moment in scene.Moments.Where((_, place) => place % MomentStride == MomentStride / 2))
        {
            scene.GoTo(moment);
            scene.Export(_folder["image"]);
            report.AddImage();
            RunPeer(report, scene, WriteChanges(scene, moment));
        }
        output.WriteLine(report.Finish());
    }

    public void Dispose() => _folder.Dispose();

    private List<Mutation> WriteChanges(HostileScene scene, int turn)
    {
        var values = scene.Words.Values();
        var all = scene.Words.All().SelectMany(offset => Mutation.Of(offset, scene.Words[offset], values));
        var chosen = all.Where(_ => turn++ % Stride == 0).ToList();
        using var changes = new BinaryWriter(File.Create(_folder["changes"]));
        foreach (var change in chosen)
        {
            changes.Write(change.Offset);
            changes.Write(change.Value);
        }
        return chosen;
    }

    private void RunPeer(HostileReport report, HostileScene scene, List<Mutation> changes)
    {
        File.Delete(_folder["counters"]);
        using var counters = SharedCounters.Create(_folder["counters"]);
        string[] options = ["--image", _folder["image"], "--changes", _folder["changes"], "--counters", _folder["counters"], "--file", _folder["mapped.ets"]];
        var command = Executable.CommandOf(typeof(PeerCommands).Assembly.GetName().Name!);
        var start = new ProcessStartInfo(command[0], [.. command[1..], "damage", .. options]) { RedirectStandardOutput = true };
        using var peer = Process.Start(start)!;
        var lines = peer.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        peer.WaitForExit();
        var done = lines.FirstOrDefault(line => line.StartsWith("done ", StringComparison.Ordinal));
        if (peer.ExitCode != 0 || done is null)
        {
            report.Fail($"{scene.Name}: the process ended with {peer.ExitCode} at {changes[(int)counters[0]]}. {string.Join("\n", lines)}");
            return;
        }
        foreach (var line in lines.Where(line => line != done))
            report.Fail($"{scene.Name}: {line}, {changes[int.Parse(line.Split(' ')[1], null)]}");
        var sums = done.Split(' ');
        report.Add(changes.Count, int.Parse(sums[1], null), int.Parse(sums[2], null), int.Parse(sums[3], null));
    }
}
