using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests.Stress;

/// <summary>
/// Real threads at full speed. That no reader sees anything wrong proves something only if one that is wrong on purpose is caught in the same run:
/// a run that does not catch it is inconclusive, which is a failure.
/// </summary>
public sealed class StressControlTests
{
    private const int MostReads = 3_000_000;
    private const int LeastReads = 20_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Readers_see_whole_values_while_one_without_its_second_look_is_caught(bool isOrdered)
    {
        using var table = new StressTable(isOrdered);
        RunBeside(number => table.Write<ProcessMemory>(number), () =>
        {
            var destination = new byte[4096];
            RequireCaught(
                read => table.TryRead<ProcessMemory>(read % 2, destination),
                read =>
                {
                    BlindMemory.Forget();
                    return table.TryRead<BlindMemory>(read % 2, destination);
                });
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_writer_that_publishes_before_it_has_filled_is_caught(bool isOrdered)
    {
        using var table = new StressTable(isOrdered);
        RunBeside(number => table.Write<HastyMemory>(number), () =>
        {
            var destination = new byte[4096];
            RequireCaught(_ => true, read => table.TryRead<ProcessMemory>(read % 2, destination));
        });
    }

    private static void RequireCaught(Func<int, bool> right, Func<int, bool> wrong)
    {
        var isCaught = false;
        for (var read = 0; read < MostReads && !(isCaught && read >= LeastReads); read++)
        {
            Assert.True(right(read), $"read {read} returned something that is no value of the row");
            isCaught |= !wrong(read);
        }
        Assert.True(isCaught, $"inconclusive: what is wrong on purpose was not caught in {MostReads} reads, so that nothing else was proves nothing");
    }

    /// <summary>Runs the readers while a thread writes, one number after the other.</summary>
    private static void RunBeside(Action<int> write, Action read)
    {
        using var stop = new CancellationTokenSource();
        var writer = Task.Factory.StartNew(
            () =>
            {
                for (var number = 0; !stop.IsCancellationRequested; number++)
                    write(number);
            },
            TaskCreationOptions.LongRunning);
        try
        {
            read();
        }
        finally
        {
            stop.Cancel();
            writer.GetAwaiter().GetResult();
        }
    }
}
