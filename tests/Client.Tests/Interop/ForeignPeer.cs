using System.Buffers.Binary;
using System.Text;

namespace EtsPersist.Mmf.Client.Tests.Interop;

/// <summary>
/// A process with another implementation. It reads a file of documents, and writes for each what it understood, as <see cref="Document.Describe"/>
/// would say it, and the document as it encodes it itself. Each piece has its length in front: 4 bytes, little-endian.
/// </summary>
internal static class ForeignPeer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static IReadOnlyList<(string Description, byte[] Encoded)> Exchange(string program, string script, IEnumerable<byte[]> documents)
    {
        var folder = Directory.CreateTempSubdirectory("ets-test-").FullName;
        try
        {
            var (sent, received) = (Path.Combine(folder, "sent"), Path.Combine(folder, "received"));
            File.WriteAllBytes(sent, [.. documents.SelectMany(Framed)]);
            ForeignImplementations.Run(program, Patience, Path.Combine(ForeignImplementations.Programs, script), sent, received);
            var pieces = Pieces(File.ReadAllBytes(received));
            return [.. pieces.Chunk(2).Select(pair => (Encoding.UTF8.GetString(pair[0]), pair[1]))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Framed(byte[] piece)
    {
        var framed = new byte[sizeof(int) + piece.Length];
        BinaryPrimitives.WriteInt32LittleEndian(framed, piece.Length);
        piece.CopyTo(framed, sizeof(int));
        return framed;
    }

    private static List<byte[]> Pieces(byte[] file)
    {
        var pieces = new List<byte[]>();
        for (var start = 0; start < file.Length; start += sizeof(int) + pieces[^1].Length)
            pieces.Add(file.AsSpan(start + sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(start))).ToArray());
        return pieces;
    }
}
