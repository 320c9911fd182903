using System.Globalization;

namespace EtsPersist.Mmf.Soak;

/// <summary>What a writer is told: where, what, and in whose name.</summary>
/// <param name="File">The table's file.</param>
/// <param name="Domain">Whose rows it writes, beside the shared ones.</param>
/// <param name="Mode">What it does.</param>
/// <param name="Writer">The number in its values: higher than that of all its predecessors.</param>
/// <param name="Seed">What its random choices begin from.</param>
/// <param name="Rows">How many rows come and go.</param>
/// <param name="Index">Which of the writers it is.</param>
/// <param name="SlowOperations">The file for its slow operations.</param>
/// <param name="Sabotage">What it breaks.</param>
internal sealed record WriterOrder(
    string File, string Domain, WorkloadMode Mode, uint Writer, ulong Seed, int Rows, int Index, string SlowOperations, Sabotage Sabotage)
{
    /// <summary>The operations that follow from it.</summary>
    public OperationStream Stream() => new(Mode, Domain, Writer, Seed, Rows);

    /// <summary>Reads what <see cref="ToWords"/> wrote.</summary>
    public static WriterOrder Parse(string[] words) => new(
        words[0], words[1], Enum.Parse<WorkloadMode>(words[2]),
        uint.Parse(words[3], CultureInfo.InvariantCulture), ulong.Parse(words[4], CultureInfo.InvariantCulture),
        int.Parse(words[5], CultureInfo.InvariantCulture), int.Parse(words[6], CultureInfo.InvariantCulture),
        words[7], Enum.Parse<Sabotage>(words[8]));

    /// <summary>The order as words.</summary>
    public string[] ToWords() => FormattableString
        .Invariant($"{File}\t{Domain}\t{Mode}\t{Writer}\t{Seed}\t{Rows}\t{Index}\t{SlowOperations}\t{Sabotage}").Split('\t');
}
