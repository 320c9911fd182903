using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Chaos;

/// <summary>Walks the table's file after the run: every byte is accounted for, whatever was killed when.</summary>
internal static class TableFileCheck
{
    /// <summary>Verifies all table files of the instance; the problems become messages.</summary>
    public static long CountProblems(Workspace workspace, Tally tally)
    {
        var problems = Directory.GetFiles(workspace.InstancePath, "*.ets", SearchOption.AllDirectories).SelectMany(Verify).ToArray();
        foreach (var problem in problems) tally.Note(problem);
        return problems.Length;
    }

    private static IEnumerable<string> Verify(string path) =>
        TableVerifier.Verify(path).Problems.Select(problem => $"{Path.GetFileName(path)}: {problem}");
}
