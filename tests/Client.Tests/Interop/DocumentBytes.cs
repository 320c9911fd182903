using System.Buffers;

namespace EtsPersist.Mmf.Client.Tests.Interop;

/// <summary>Whole documents as bytes.</summary>
internal static class DocumentBytes
{
    public static byte[] Encode(Document document)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        document.Write(ref writer);
        return output.WrittenSpan.ToArray();
    }

    public static Document Decode(byte[] bytes)
    {
        var reader = new MessagePackReader(bytes);
        var document = Document.Read(ref reader);
        reader.ReadEnd();
        return document;
    }
}
