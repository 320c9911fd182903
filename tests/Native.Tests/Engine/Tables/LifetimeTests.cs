using System.Collections.Concurrent;
using EtsPersist.Mmf.Native.Engine.Batches;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class LifetimeTests
{
    [Fact]
    public void After_disposal_every_member_says_so()
    {
        using var table = new TemporaryTable();
        var file = table.File;
        file.Insert("a"u8, "1"u8);
        file.Dispose();
        file.Dispose();
        foreach (var operation in Operations(file))
            Assert.Throws<ObjectDisposedException>(operation);
        Assert.Throws<ObjectDisposedException>(() => file.IsDropped);
        Assert.Throws<ObjectDisposedException>(() => file.Ownership);
        Assert.Throws<ObjectDisposedException>(() => file.Verify());
        Assert.False(file.IsOwner);
    }

    [Fact]
    public void After_a_drop_every_instance_says_so()
    {
        using var table = new TemporaryTable();
        var other = table.OpenAgain(writable: false);
        table.File.Insert("a"u8, "1"u8);
        table.File.MarkDropped();
        Assert.True(other.IsDropped);
        foreach (var operation in Operations(table.File))
        {
            var error = Assert.Throws<TableDroppedException>(operation);
            Assert.Contains("words", error.Message, StringComparison.Ordinal);
        }
        Assert.Throws<TableDroppedException>(() => other.Get("a"u8));
        Assert.Throws<TableDroppedException>(() => other.Count);
    }

    [Fact]
    public async Task Readers_and_scanners_of_a_table_that_is_disposed_meanwhile_are_told_so_and_nothing_else()
    {
        for (var round = 0; round < 20; round++)
        {
            using var table = new TemporaryTable();
            var file = table.File;
            for (var row = 0; row < 200; row++)
                file.Insert(Bytes(row), Pattern(50, row));
            await RequireOnlyDisposal(file,
                () => file.Get(Bytes(Random.Shared.Next(200))),
                () => file.Rows(),
                () => file.Contains(Bytes(5L)));
        }
    }

    [Fact]
    public void Rows_written_before_a_disposal_in_the_middle_of_writing_are_all_there()
    {
        using var table = new TemporaryTable();
        var other = table.OpenAgain();
        var written = new ConcurrentBag<long>();
        using var halfway = new CountdownEvent(500);
        var writers = Enumerable.Range(0, 3).Select(thread => new Thread(() =>
        {
            try
            {
                for (var i = 0L; ; i++)
                {
                    other.Insert(Bytes((i * 4) + thread), Bytes(i));
                    written.Add((i * 4) + thread);
                    if (!halfway.IsSet)
                        Signal(halfway);
                }
            }
            catch (Exception error) when (error is ObjectDisposedException or NotOwnerException)
            {
            }
        })).ToArray();
        foreach (var writer in writers)
            writer.Start();
        Assert.True(halfway.Wait(TimeSpan.FromSeconds(30)));
        other.Dispose();
        foreach (var writer in writers)
            Assert.True(writer.Join(TimeSpan.FromSeconds(30)));
        table.RequireSound(rows: written.Count);
        foreach (var key in written)
            Assert.True(table.File.Contains(Bytes(key)));
        Assert.Empty(table.File.Participants());

        static void Signal(CountdownEvent halfway)
        {
            try
            {
                halfway.Signal();
            }
            catch (InvalidOperationException)
            {
                // another writer was the last that counted
            }
        }
    }

    [Fact]
    public async Task Writers_of_a_table_that_is_disposed_meanwhile_are_told_so_and_nothing_else()
    {
        for (var round = 0; round < 50; round++)
        {
            using var table = new TemporaryTable();
            var file = table.File;
            await RequireOnlyDisposal(file,
                () => file.Insert(Bytes(Random.Shared.Next(1000)), Pattern(20)),
                () => file.UpdateCounter("n"u8, 1, 0, Long),
                () => file.Delete(Bytes(Random.Shared.Next(1000))));
            using var again = TableFile.Open(table.Path, writable: true);
            Assert.True(again.Verify().IsSound);
        }
    }

    [Fact]
    public void Disposing_gives_the_slot_and_the_ownership_back()
    {
        using var table = new TemporaryTable(TableAccess.Protected);
        var other = table.OpenAgain();
        var owned = Own(other);
        Assert.Single(table.File.Participants());
        other.Dispose();
        Assert.Empty(table.File.Participants());
        Assert.Equal(new Ownership(owned.Epoch, OwnershipState.Unowned, -1), table.File.Ownership);
    }

    [Fact]
    public void A_name_that_exists_is_not_replaced_and_nothing_is_left_aside()
    {
        using var table = new TemporaryTable();
        table.File.Insert("a"u8, "1"u8);
        Assert.Throws<TableExistsException>(() => TableFile.Create(table.Path, "words", 2, new TableFileOptions()));
        table.File.RequireValue("a"u8, "1"u8);
        Assert.Equal([table.Path], Directory.GetFiles(table.Folder));
    }

    [Fact]
    public void Options_that_cannot_be_are_refused_by_name()
    {
        using var table = new TemporaryTable();
        var path = table.Path + ".other";
        Assert.Throws<InvalidNameException>(() => TableFile.Create(path, "", 1, new TableFileOptions()));
        Assert.Throws<InvalidNameException>(() => TableFile.Create(path, new string('a', 101), 1, new TableFileOptions()));
        Assert.Throws<InvalidNameException>(() => TableFile.Create(path, "ä", 1, new TableFileOptions()));
        Assert.Throws<TableKindException>(() => TableFile.Create(path, "a", 1, new TableFileOptions { Kind = (TableKind)9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TableFile.Create(path, "a", 1, new TableFileOptions { Access = (TableAccess)9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TableFile.Create(path, "a", 1, new TableFileOptions { MaximumBytes = (16 << 20) - 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TableFile.Create(path, "a", 1, new TableFileOptions { MaximumBytes = (1L << 40) + 1 }));
        Assert.Equal([table.Path], Directory.GetFiles(table.Folder));
    }

    [Fact]
    public void What_a_cut_creation_left_is_known_by_its_name()
    {
        Assert.True(TableFile.IsUnfinished("words.1.ets.0123456789abcdef0123456789abcdef.new"));
        Assert.False(TableFile.IsUnfinished("words.1.ets"));
    }

    private static Action[] Operations(TableFile file) =>
    [
        () => file.Read("a"u8, new byte[8], out _),
        () => file.Contains("a"u8),
        () => file.Rows(),
        () => file.Insert("a"u8, "1"u8),
        () => file.InsertNew("a"u8, "1"u8),
        () => file.Delete("a"u8),
        () => file.Take("a"u8, new byte[8], out _),
        () => file.UpdateCounter("a"u8, 1, 0, Long),
        () => file.Commit(new BatchPlan()),
        () => _ = file.Count,
        () => _ = file.BytesUsed,
        () => file.ReadSchema(),
        () => file.TryBindSchema([], "s"u8),
        () => file.Participants(),
        () => file.RecoverDead(),
        () => file.Attach(),
        () => file.MarkDropped(),
        () => file.TryOffer(new Ownership(0, OwnershipState.Unowned, -1), out _),
        () => file.TryWithdraw(new Ownership(1, OwnershipState.Offered, -1)),
        () => file.TryAccept(1),
        () => file.TryRelease(1),
        () => file.TryBeginRecovery(new Ownership(1, OwnershipState.Owned, 0)),
        () => file.TryFinishRecovery(new Ownership(1, OwnershipState.Recovering, 0)),
        () => _ = file.IsOwnerAlive,
    ];

    /// <summary>Runs the operations on threads of their own until the table is disposed under them; each must end by saying so.</summary>
    private static async Task RequireOnlyDisposal(TableFile file, params Action[] operations)
    {
        using var running = new CountdownEvent(operations.Length);
        var tasks = operations.Select(operation => Task.Factory.StartNew(() =>
        {
            operation();
            running.Signal();
            while (true)
                operation();
        }, TaskCreationOptions.LongRunning)).ToArray();
        running.Wait(TimeSpan.FromSeconds(30));
        file.Dispose();
        foreach (var task in tasks)
            await Assert.ThrowsAsync<ObjectDisposedException>(() => task.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
