using System.Globalization;
using System.Text;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// Keys by one letter: a to d belong to bucket 0 and stay there when it splits, p and q belong to it and move to its partner, x and y lie elsewhere.
/// In an ordered table they are in the order of their letters, with what fills between d and p: of a full leaf, p to y move to its sibling.
/// </summary>
internal sealed unsafe class Keys
{
    public const string All = "abcdpqxy";

    private const ulong Bucket = 0;
    private const ulong Partner = 1UL << TableGeometry.InitialLevel;

    private readonly TableSpace _space;
    private readonly Dictionary<char, byte[]> _bytes;

    public Keys(TableSpace space)
    {
        _space = space;
        if (space.IsOrdered)
        {
            _bytes = All.ToDictionary(letter => letter, letter => Encoding.UTF8.GetBytes($"key  {letter}00"));
            Fillers = [.. Enumerable.Range(10, 30).Select(number => Encoding.UTF8.GetBytes($"key  m{number}"))];
            return;
        }
        var staying = Of(Bucket, TableGeometry.InitialLevel + 1);
        var moving = Of(Partner, TableGeometry.InitialLevel + 1).Take(2 + 8).ToArray();
        var elsewhere = Of(Bucket + 1, TableGeometry.InitialLevel).Take(1).Concat(Of(Bucket + 2, TableGeometry.InitialLevel).Take(1));
        _bytes = All.Zip([.. staying.Take(4), .. moving[..2], .. elsewhere]).ToDictionary(pair => pair.First, pair => pair.Second);
        Fillers = [.. staying.Skip(4).Take(16)];
        MovingFillers = moving[2..];
    }

    /// <summary>Keys that fill bucket 0, and that nobody changes.</summary>
    public IReadOnlyList<byte[]> Fillers { get; }

    /// <summary>Keys that fill bucket 0 and move to its partner, and that nobody changes.</summary>
    public IReadOnlyList<byte[]> MovingFillers { get; } = [];

    public byte[] this[char key] => _bytes[key];

    public ulong HashOf(ReadOnlySpan<byte> key) => KeyHash.Of(key, _space.Header->HashSeed0, _space.Header->HashSeed1);

    /// <summary>The letter of a key, or 0 for one that fills.</summary>
    public char LetterOf(ReadOnlySpan<byte> bytes)
    {
        foreach (var (letter, key) in _bytes)
        {
            if (bytes.SequenceEqual(key))
                return letter;
        }
        return '\0';
    }

    private IEnumerable<byte[]> Of(ulong bucket, int level) => Enumerable.Range(0, int.MaxValue)
        .Select(number => Encoding.UTF8.GetBytes("k" + number.ToString("d7", CultureInfo.InvariantCulture)))
        .Where(key => (HashOf(key) & ((1UL << level) - 1)) == bucket);
}
