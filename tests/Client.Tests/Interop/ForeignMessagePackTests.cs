using Xunit.Abstractions;

namespace EtsPersist.Mmf.Client.Tests.Interop;

/// <summary>What our writer writes others read as it was meant, and what they write of it our reader reads as they meant it.</summary>
public sealed class ForeignMessagePackTests(ITestOutputHelper output)
{
    private const int RandomDocuments = 300;

    private readonly int _seed = Random.Shared.Next();

    [ForeignFact]
    public void Python_s_msgpack_and_ours_understand_each_other() => Exchange("/usr/bin/python3", "peer.py", isJavaScript: false);

    [ForeignFact]
    public void JavaScript_s_msgpack_and_ours_understand_each_other() => Exchange("node", "peer.js", isJavaScript: true);

    [Fact]
    public void MessagePack_CSharp_and_ours_understand_each_other()
    {
        foreach (var document in Documents(isJavaScript: false))
        {
            var encoded = DocumentBytes.Encode(document);
            var (description, again) = IndependentMessagePack.Exchange(encoded);
            Check(document, description, again, isJavaScript: false);
        }
    }

    private void Exchange(string program, string script, bool isJavaScript)
    {
        var documents = Documents(isJavaScript);
        var answers = ForeignPeer.Exchange(program, script, documents.Select(DocumentBytes.Encode));
        Assert.Equal(documents.Count, answers.Count);
        foreach (var (document, (description, encoded)) in documents.Zip(answers)) Check(document, description, encoded, isJavaScript);
    }

    private List<Document> Documents(bool isJavaScript)
    {
        output.WriteLine($"seed {_seed}");
        var source = new DocumentSource(_seed, isJavaScript);
        return [.. source.EveryFormat(), .. Enumerable.Range(0, RandomDocuments).Select(_ => source.Next())];
    }

    private void Check(Document document, string description, byte[] encoded, bool isJavaScript)
    {
        var meant = document.Describe(isJavaScript);
        Assert.True(meant == description, $"seed {_seed}: {Brief(meant)} was understood as {Brief(description)}");
        var read = DocumentBytes.Decode(encoded).Describe(isJavaScript);
        Assert.True(meant == read, $"seed {_seed}: {Brief(meant)} came back as {Brief(read)}");
    }

    private static string Brief(string description) => description.Length <= 500 ? description : description[..500] + "…";
}
