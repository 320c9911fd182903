using System.Diagnostics;
using System.Globalization;

namespace EtsPersist.Mmf.Bench.Recovery;

/// <summary>This program once more, as a writer that is there to be killed. It ends when its input ends, so it never outlives this process.</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process _process;

    private WriterProcess(Process process) => _process = process;

    public static WriterProcess Start(string path, uint epoch, long rows, KilledIn killedIn)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The system does not say which program this is.");
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(typeof(WriterProcess).Assembly.Location);
        start.ArgumentList.Add(RecoveryWriter.Command);
        start.ArgumentList.Add(path);
        start.ArgumentList.Add(epoch.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(rows.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(killedIn.ToString());
        return new WriterProcess(Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start."));
    }

    public void WaitUntilWriting()
    {
        if (_process.StandardOutput.ReadLine() != RecoveryWriter.WritingNow)
            throw new InvalidOperationException("A writer ended before it was killed; what it said is above.");
    }

    /// <summary>SIGKILL; on Windows TerminateProcess.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
