using System.Diagnostics;
using EtsPersist.Mmf.Bench.Contenders;
using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Bench.Rows;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Bench.Recovery;

/// <summary>A table whose owners are killed, one after the other. This process plays the manager.</summary>
internal sealed class VictimTable : IDisposable
{
    private readonly TableFile _file;
    private readonly List<RecoverySample> _samples = [];

    public VictimTable(TableDirectory directory, long rows)
    {
        Rows = rows;
        _file = TableFile.Create(directory.NextTablePath(), "bench", incarnation: 1, new TableFileOptions());
        using var table = OwnedTable.Accept<long, long>(TableFile.Open(_file.Path, writable: true), Offer(), () => { });
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
        using var writer = WriterProcess.Start(_file.Path, Offer(), Rows, killedIn);
        writer.WaitUntilWriting();
        Thread.Sleep(writing); // the instant of the kill, drawn by the caller
        var owned = _file.Ownership;
        var killed = Stopwatch.GetTimestamp();
        writer.Kill();
        while (_file.IsOwnerAlive)
            Thread.Yield();
        var kernel = Stopwatch.GetElapsedTime(killed);
        if (!_file.TryBeginRecovery(owned))
            throw new InvalidOperationException($"Recovery could not begin from {owned}: {_file.Ownership}.");
        var began = Stopwatch.GetTimestamp();
        var settled = _file.RecoverDead();
        var recovery = Stopwatch.GetElapsedTime(began);
        if (settled != 1 || !_file.TryFinishRecovery(_file.Ownership))
            throw new InvalidOperationException($"One writer was killed and {settled} were settled; the table is {_file.Ownership}.");
        _samples.Add(new RecoverySample(kernel, recovery));
    }

    /// <exception cref="InvalidOperationException">A kill has damaged the table.</exception>
    public void RequireSound()
    {
        var report = _file.Verify();
        if (!report.IsSound || report.LeakedBytes != 0)
            throw new InvalidOperationException($"The table of {Rows} rows is damaged after the kills: {report}");
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_file.Path);
    }

    private uint Offer() => _file.TryOffer(_file.Ownership, out var offered)
        ? offered.Epoch
        : throw new InvalidOperationException($"The table cannot be offered: {_file.Ownership}.");
}
