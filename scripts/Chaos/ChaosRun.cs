using WordCount;

namespace EtsPersist.Mmf.Chaos;

/// <summary>One run from its first process to its result.</summary>
internal sealed class ChaosRun : IDisposable
{
    private readonly ChaosOptions _options;
    private readonly Workspace _workspace;
    private readonly CancellationToken _cancelled;
    private readonly OwnershipLedger _ledger = new();
    private readonly Tally _tally = new();
    private readonly Timings _timings = new();
    private readonly Random _random;
    private readonly Fleet _fleet;
    private readonly Patience _patience;
    private readonly Killer _killer;

    /// <summary>Prepares a run.</summary>
    public ChaosRun(ChaosOptions options, Workspace workspace, CancellationToken cancelled)
    {
        (_options, _workspace, _cancelled) = (options, workspace, cancelled);
        _random = new Random(options.Seed);
        _fleet = new Fleet(options, workspace, _ledger, _tally);
        _patience = new Patience(_fleet, cancelled);
        _killer = new Killer(options, _fleet, _ledger, _patience, _timings, _random);
    }

    /// <summary>Runs.</summary>
    /// <exception cref="StuckException">The processes do not go on; it names what was waited for and what was found before.</exception>
    public ChaosResult Run()
    {
        try
        {
            return RunToTheEnd();
        }
        catch (StuckException stuck)
        {
            throw new StuckException(string.Join(Environment.NewLine, _tally.Messages.Append(stuck.Message)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _fleet.Dispose();

    private ChaosResult RunToTheEnd()
    {
        using var text = new TextFile(_workspace.Input);
        var whole = TextWords.Count(_workspace.Input);
        var words = whole.Values.Sum();
        Console.WriteLine($"{text.Length:n0} bytes of text with {words:n0} words, {whole.Count:n0} different; seed {_options.Seed}.");

        _fleet.Complete(workers: false);
        _patience.Until(() => _fleet.Serving is not null, "the manager to serve");
        LoadFiller();
        _fleet.Complete();
        _patience.Until(() => _ledger.Acknowledgements > 0, "the first batch to be committed");

        using var table = OpenTable();
        var watched = new WatchedWords(text, whole, _random);
        using (new TableReader(table, watched, _tally))
        {
            Kill(new CountsCheck(table, new ExpectedCounts(text, whole), _tally));
            _fleet.Finish();
            _patience.Until(() => _fleet.Workers.Count == 0, "the workers to end with the pass", () => _fleet.Progress);
        }
        _fleet.StopManagers();
        return Judge(table, whole, text.Length);
    }

    private EtsTable<string, long> OpenTable() =>
        EtsTable.Open<string, long>(Workspace.Table, new EtsOpenOptions { Instance = Workspace.Instance, Directory = _workspace.Root });

    private void LoadFiller()
    {
        if (_options.Rows == 0) return;
        Console.WriteLine($"Loading {_options.Rows:n0} rows of filler.");
        using var loader = new LoaderProcess(_workspace, _options);
        _patience.Until(() => loader.HasExited, "the filler rows to be loaded", () => loader.LinesWritten);
        loader.Drain();
        if (loader.ExitCode != 0) throw new StuckException($"The filler rows could not be loaded.{Environment.NewLine}{loader.Describe()}");
    }

    private void Kill(CountsCheck check)
    {
        using var blows = KillPlan.Blows(_options, _random).GetEnumerator();
        while (_killer.Kills < _options.Kills && blows.MoveNext())
        {
            var fits = KillPlan.Victims(blows.Current) <= _options.Kills - _killer.Kills;
            var kind = fits ? blows.Current : KillKind.Owner;
            _killer.Strike(kind);
            if (_fleet.Owner is { } owner) check.Check(owner);
            var (epoch, batches) = (_ledger.Latest?.Epoch, _ledger.Acknowledgements);
            Console.WriteLine($"kill {_killer.Kills,4} of {_options.Kills}: {kind}; epoch {epoch}, {batches:n0} batches acknowledged");
        }
    }

    private ChaosResult Judge(EtsTable<string, long> table, IReadOnlyDictionary<string, long> whole, long length)
    {
        var position = table.TryGet(CountingPosition.Key, out var reached) ? reached : 0;
        var verdict = _ledger.Judge(position);
        var final = FinalComparison.Of(table, whole, position / length, _options.Rows);
        if (position % length != 0) _tally.TornCounts($"The work ended at position {position}, inside a pass.");
        if (final.Example is { } example) _tally.Note($"Difference: {example}.");
        return new ChaosResult
        {
            Kills = _killer.Kills,
            KillsAsked = _options.Kills,
            KillsInBatch = _killer.KillsInBatch,
            HandOffs = _ledger.HandOffs,
            Passes = position / length,
            Words = final.Words,
            Differences = final.DifferentWords,
            Lost = verdict.Lost + final.MissingFiller,
            Torn = verdict.Torn + _tally.Torn,
            DoubleOwners = verdict.DoubleOwners,
            ReadErrors = _tally.ReadErrors,
            WriteErrors = _tally.WriteErrors,
            FileProblems = TableFileCheck.CountProblems(_workspace, _tally),
            Timings = _timings,
            Messages = _tally.Messages,
        };
    }
}
