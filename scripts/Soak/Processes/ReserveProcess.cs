namespace EtsPersist.Mmf.Soak;

/// <summary>A process that has no role yet, or has got one.</summary>
internal sealed class ReserveProcess(int number, SoakFolder folder)
    : ChildProcess($"process {number}", "soak", [ReserveProgram.Command, folder.CountersPath, folder.Records])
{
    /// <summary>Whether its code is compiled.</summary>
    public bool IsReady => LinesWritten > 0;
}
