using EtsPersist.Mmf;
using WordCount;

try
{
    var options = WordCountOptions.Parse(args);
    using var text = new TextFile(options.Input);
    if (text.Length == 0) throw new InvalidDataException($"{options.Input} is empty: there is nothing to count.");
    using var journal = options.Journal is null ? null : new BatchJournal(options.Journal);
    using var stop = new StopRequest(standardInput: options.Repeat);

    await using var worker = await EtsWorker.ConnectAsync(
        "wordcount",
        new EtsWorkerOptions { Instance = options.Instance, Directory = options.Directory, ConnectTimeout = TimeSpan.FromSeconds(30) },
        stop.Now);
    var loop = new CountingLoop(text, options.PieceSize, journal);
    loop.Prepare();
    Console.WriteLine("Waits for the table.");
    journal?.Waiting();
    await using var words = await worker.OwnAsync<string, long>("words", EtsTableOptions.Default, stop.Now);
    var position = loop.Run(words, options.Passes, stop);
    Console.WriteLine($"Counted up to byte {position % text.Length} of pass {(position / text.Length) + 1}.");
    return 0;
}
catch (OperationCanceledException)
{
    return 0;
}
catch (FormatException error)
{
    Console.Error.WriteLine($"{error.Message}\n{WordCountOptions.Usage}");
    return 2;
}
catch (Exception error) when (error is EtsException or IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
