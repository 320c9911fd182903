using System.Numerics;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Hashes words, so that states can be told apart.</summary>
internal static class Mixing
{
    public static ulong Mix(ulong word)
    {
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
        return word ^ (word >> 31);
    }

    public static ulong Mix(ulong hash, ulong word) => Mix((hash * 0x9E3779B97F4A7C15) + word + 1);

    /// <summary>Adds a word to a hash of a sequence: quicker, and to be mixed in the end.</summary>
    public static ulong Add(ulong hash, ulong word) => (BitOperations.RotateLeft(hash, 27) ^ word) * 0x9E3779B97F4A7C15;
}
