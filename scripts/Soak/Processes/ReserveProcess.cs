using System.Globalization;

namespace EtsPersist.Mmf.Soak;

/// <summary>
/// A process that has no role yet, or has got one. Every second one runs in optimized code from its start, the others begin in that of
/// tier 0.
/// </summary>
internal sealed class ReserveProcess(int number, SoakFolder folder)
    : ChildProcess($"process {number}", "soak", [ReserveProgram.Command, folder.CountersPath, folder.Records], optimized: number % 2 == 0)
{
    /// <summary>Whether its code is compiled.</summary>
    public bool IsReady => LinesWritten > 0;

    /// <summary>Gives it a role, in a crew, with what the role has to be told.</summary>
    public void Employ(string role, int crew, IEnumerable<string> order) =>
        Tell(string.Join('\t', [role, crew.ToString(CultureInfo.InvariantCulture), .. order]));
}
