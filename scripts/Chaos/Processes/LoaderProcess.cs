using System.Globalization;

namespace EtsPersist.Mmf.Chaos;

/// <summary>The first owner of the table where the run asks for filler rows: it loads them and ends.</summary>
internal sealed class LoaderProcess(Workspace workspace, ChaosOptions options)
    : ChildProcess("loader", "chaos", ArgumentsFor(workspace, options))
{
    private static IEnumerable<string> ArgumentsFor(Workspace workspace, ChaosOptions options)
    {
        var access = Workspace.AccessFor(options.Sabotage).ToString();
        return [FillerRows.Command, workspace.Root, Workspace.Instance, access, options.Rows.ToString(CultureInfo.InvariantCulture)];
    }
}
