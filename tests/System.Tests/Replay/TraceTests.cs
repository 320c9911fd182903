using System.IO.Compression;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.Replay.Tests;

public sealed class TraceTests : IDisposable
{
    private const string Header = """{"op":"new","type":"bag","keys":"wide_str","otp":"27","seed":7}""";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_recording_tells_its_kind_its_keys_and_what_was_answered()
    {
        var trace = Trace.Read(Write(Header, """{"op":"member","key":"a","result":false}""", """{"op":"next","key":"b","result":null}"""));
        Assert.Equal(("some", TableKind.Bag, KeyType.Text), (trace.Name, trace.Kind, trace.Keys));
        Assert.Equal([2, 3], trace.Operations.Select(operation => operation.Line));
        Assert.Equal("""{"op":"member","key":"a"}""", trace.Operations[0].Text);
        Assert.False((bool)trace.Operations[0].Expected!);
        Assert.Null(trace.Operations[1].Expected);
    }

    [Theory]
    [InlineData("line 1")]
    [InlineData("line 1", """{"op":"new","type":"heap","keys":"int"}""")]
    [InlineData("line 1", """{"op":"new","type":"set","keys":"float"}""")]
    [InlineData("line 2", Header, """{"op":"size"}""")]
    [InlineData("line 3", Header, """{"op":"size","result":0}""", """{"op":"si""")]
    public void What_is_no_recording_is_refused_with_its_line(string where, params string[] lines)
    {
        var path = Write(lines);
        var error = Assert.Throws<InvalidDataException>(() => Trace.Read(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(params string[] lines)
    {
        var path = _folder["some" + Trace.Ending];
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        foreach (var line in lines) writer.WriteLine(line);
        return path;
    }
}
