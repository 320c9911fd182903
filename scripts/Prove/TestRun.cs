using System.Diagnostics;

namespace EtsPersist.Mmf.Prove;

/// <summary>Runs the tests of a part and collects what they report.</summary>
internal static class TestRun
{
    /// <summary>Runs them.</summary>
    /// <param name="part">The part.</param>
    /// <param name="root">The project's root folder.</param>
    /// <param name="quick">Whether they go no deeper than by default.</param>
    /// <param name="interrupted">Ends the tests with all their processes.</param>
    public static PartResult Of(ProofPart part, string root, bool quick, CancellationToken interrupted)
    {
        var report = Path.GetTempFileName();
        try
        {
            var began = Stopwatch.GetTimestamp();
            var present = part.Tests.Where(tests => Directory.Exists(Path.Combine(root, "tests", tests.Project, tests.Folder)));
            var passed = present.Select(tests => Passes(tests.Project, tests.Folder, root, report, quick, interrupted)).ToArray();
            return new PartResult(part, PartReport.Read(File.ReadLines(report), part.Name), passed.All(ended => ended), Stopwatch.GetElapsedTime(began));
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static bool Passes(string project, string folder, string root, string report, bool quick, CancellationToken interrupted)
    {
        string[] arguments =
        [
            "test", Path.Combine(root, "tests", project), "-c", "Release", "--nologo", "-v", "quiet", "--logger", "console;verbosity=minimal",
            "--filter", $"FullyQualifiedName~.{folder}.",
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { Environment = { ["ETSPERSIST_EXHAUSTIVE"] = quick ? null : "1", ["ETSPERSIST_REPORT"] = report } };
        using var tests = Process.Start(start)!;
        using var ending = interrupted.Register(() => tests.Kill(entireProcessTree: true));
        tests.WaitForExit();
        interrupted.ThrowIfCancellationRequested();
        return tests.ExitCode == 0;
    }
}
