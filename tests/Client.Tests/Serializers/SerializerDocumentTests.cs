namespace EtsPersist.Mmf.Client.Tests.Serializers;

/// <summary>docs/serializers.md shows the code that is tested here.</summary>
public sealed class SerializerDocumentTests
{
    [Theory]
    [InlineData("JsonCodec.cs")]
    [InlineData("MessagePackCSharpCodec.cs")]
    public void The_document_shows_the_adapter_that_is_tested(string file)
    {
        var code = File.ReadAllText(SolutionFolder.File("tests", "Client.Tests", "Serializers", file));
        var adapter = code[code.IndexOf("public sealed class", StringComparison.Ordinal)..];
        var document = File.ReadAllText(SolutionFolder.File("docs", "serializers.md"));
        Assert.Contains($"```csharp\n{adapter}```", document, StringComparison.Ordinal);
    }
}
