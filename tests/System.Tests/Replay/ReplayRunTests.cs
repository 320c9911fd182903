using System.IO.Compression;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.Replay.Tests;

/// <summary>Short runs of the program as a user starts it.</summary>
[Collection(ProcessTests.Name)]
public sealed class ReplayRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData()]
    [InlineData("--stress")]
    public async Task A_recording_of_right_answers_has_no_differences(params string[] options)
    {
        Record("right", Insertions(1100).Append("""{"op":"size","result":1100}"""));
        var (exitCode, output) = await RunAsync(options);
        Assert.True(exitCode == 0, output);
        Assert.EndsWith("1101 operations, 0 differences", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_answer_is_shown_with_its_recording_its_line_and_both_answers()
    {
        Record("wrong", Insertions(2).Append("""{"op":"lookup","key":1,"result":[[1,8,"text"]]}"""));
        var (exitCode, output) = await RunAsync();
        Assert.True(exitCode == 1, output);
        Assert.Contains("wrong, line 4", output, StringComparison.Ordinal);
        Assert.Contains("""expected [[1,8,"text"]]""", output, StringComparison.Ordinal);
        Assert.Contains("""got      [[1,7,"text"]]""", output, StringComparison.Ordinal);
        Assert.EndsWith("3 operations, 1 differences", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_recordings_is_a_wrong_argument()
    {
        var (exitCode, output) = await RunAsync();
        Assert.True(exitCode == 2, output);
        Assert.Contains("no recording", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Insertions(int count) => Enumerable.Range(0, count).Select(
        key => FormattableString.Invariant($$"""{"op":"insert","row":[{{key}},7,"text"],"result":true}"""));

    private void Record(string name, IEnumerable<string> lines)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(_folder[name + Trace.Ending]), CompressionLevel.Fastest));
        writer.WriteLine("""{"op":"new","type":"set","keys":"int","otp":"27","seed":1}""");
        foreach (var line in lines) writer.WriteLine(line);
    }

    private Task<(int ExitCode, string Output)> RunAsync(params string[] options) =>
        ScriptProcess.RunAsync(typeof(ReplayRun), [.. options, Path.GetDirectoryName(_folder["any"])!]);
}
