using System.Globalization;

namespace EtsPersist.Mmf.Soak;

/// <summary>The place of a reader.</summary>
internal sealed class ReaderSeat(int crew, WriterSurroundings surroundings, int index, string file, params string[] domains)
    : ReserveSeat(Role.Reader, crew, surroundings, ReaderRole.Word, [file, Text(WriterSeat.Rows), Text(index), .. domains])
{
    /// <inheritdoc/>
    public override long? Progress => Surroundings.Folder.Counters[Places.Reads(index)];

    /// <inheritdoc/>
    public override KillMoment MomentOf(ChildProcess struck) => KillMoment.Read;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
