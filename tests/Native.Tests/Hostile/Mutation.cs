namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>A word of the file that holds another value.</summary>
internal readonly record struct Mutation(long Offset, ulong Value)
{
    private const int Ways = 7;

    /// <summary>
    /// The ways in which a word is damaged: all bits, the lowest, the highest, nothing left, something random, the block beside, and what another
    /// word of the image holds, so that pointers lead to real places. Those that change nothing are left out.
    /// </summary>
    public static IEnumerable<Mutation> Of(long offset, ulong word, IReadOnlyList<ulong> others)
    {
        var random = new Random((int)offset); // the same damage on each run
        for (var way = 0; way < Ways; way++)
        {
            var value = way switch
            {
                0 => ~word,
                1 => word ^ 1,
                2 => word ^ (1UL << 63),
                3 => 0UL,
                4 => (ulong)random.NextInt64(),
                5 => word + 16,
                _ => others[random.Next(others.Count)],
            };
            if (value != word)
                yield return new Mutation(offset, value);
        }
    }

    public override string ToString() => $"word {Offset:x} = {Value:x}";
}
