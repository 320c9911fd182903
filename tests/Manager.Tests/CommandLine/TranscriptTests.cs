namespace EtsPersist.Mmf.Manager.Tests.CommandLine;

/// <summary>
/// What each command prints, kept in <c>Expected/*.txt</c>: command lines behind <c>$</c>, and below each its output, its errors behind
/// <c>!</c>, and its exit code if that is not 0. Where the output has changed for good, copy the file that the failure names over the
/// expected one.
/// </summary>
public sealed class TranscriptTests
{
    public static TheoryData<string> Expected =>
        [.. Directory.GetFiles(Transcript.ExpectedFolder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Expected))]
    public async Task Commands_print_what_is_kept_of_them(string name)
    {
        var expected = await File.ReadAllTextAsync(Path.Join(Transcript.ExpectedFolder, name + ".txt"));
        await using var instance = await ExampleInstance.StartAsync();
        if (name == "quarantine") await instance.QuarantineWorkerAsync();
        var actual = await Transcript.PlayAsync(Transcript.CommandLinesOf(expected), instance);
        if (expected == actual) return;
        var path = Path.Join(Path.GetTempPath(), $"{name}.txt");
        await File.WriteAllTextAsync(path, actual);
        Assert.Fail($"{name}.txt differs from what was printed, which is kept in {path}:\n{actual}");
    }
}
