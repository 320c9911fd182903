using System.Diagnostics;
using EtsPersist.Mmf.Bench.Contenders;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Measuring;
using EtsPersist.Mmf.Bench.Rows;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Bench.Recovery;

/// <summary>
/// A table whose owners are killed, one after the other. This process plays the manager. It opens the file anew for each kill: so neither table's
/// pages are mapped here from the kill before, as those of the small one would soon all be.
/// </summary>
internal sealed class VictimTable : IDisposable
{
    private readonly string _path;
    private readonly List<RecoverySample> _samples = [];

    public VictimTable(TableDirectory directory, long rows)
    {
        Rows = rows;
        _path = directory.NextTablePath();
        var file = TableFile.Create(_path, "bench", incarnation: 1, new TableFileOptions());
        using var table = OwnedTable.Accept<long, long>(file, Offer(file), () => { });
        for (var row = 0L; row < rows; row++)
            table.Insert(KeySequence.Number(row), row);
    }

    public long Rows { get; }

    public IReadOnlyList<RecoverySample> TakeSamples()
    {
        RecoverySample[] samples = [.. _samples];
        _samples.Clear();
        return samples;
    }

    /// <summary>Hands the table to a writer, lets it write for a while, kills it and recovers.</summary>
    public void KillOneWriter(KilledIn killedIn, TimeSpan writing)
    {
        Quiet.Collect();
        using var file = TableFile.Open(_path, writable: true);
        using var writer = WriterProcess.Start(_path, Offer(file), Rows, killedIn);
        writer.WaitUntilWriting();
        Thread.Sleep(writing); // the instant of the kill, drawn by the caller
        var owned = file.Ownership;
        var killed = Stopwatch.GetTimestamp();
        writer.Kill();
        while (file.IsOwnerAlive)
            Thread.Yield();
        var kernel = Stopwatch.GetElapsedTime(killed);
        if (!file.TryBeginRecovery(owned))
            throw new InvalidOperationException($"Recovery could not begin from {owned}: {file.Ownership}.");
        var began = Stopwatch.GetTimestamp();
        var decided = file.DecideDead();
        var finished = file.TryFinishRecovery(file.Ownership);
        var recovery = Stopwatch.GetElapsedTime(began);
        var settled = file.RecoverDead();
        var tidied = Stopwatch.GetElapsedTime(began) - recovery;
        if (decided != 1 || settled != 1 || !finished)
            throw new InvalidOperationException($"One writer was killed, {decided} were decided and {settled} settled; the table is {file.Ownership}.");
        _samples.Add(new RecoverySample(kernel, recovery, tidied));
    }

    /// <exception cref="InvalidOperationException">A kill has damaged the table.</exception>
    public void RequireSound()
    {
        var report = TableVerifier.Verify(_path);
        if (!report.IsSound || report.LeakedBytes != 0)
            throw new InvalidOperationException($"The table of {Rows} rows is damaged after the kills: {report}");
    }

    public void Dispose() => File.Delete(_path);

    private static uint Offer(TableFile file) => file.TryOffer(file.Ownership, out var offered)
        ? offered.Epoch
        : throw new InvalidOperationException($"The table cannot be offered: {file.Ownership}.");
}
