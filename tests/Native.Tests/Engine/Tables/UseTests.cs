using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.Native.Tests.Os;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Which files the next boot of the machine takes for whole.</summary>
public sealed class UseTests : IDisposable
{
    private const int UseOffset = 392;
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["words.1.ets"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_in_use_until_the_last_who_writes_it_has_closed_it()
    {
        var first = Create();
        Assert.False(first.IsClean);
        var second = TableFile.Open(Path, writable: true);
        second.Insert("a"u8, "1"u8);
        first.Dispose();
        Assert.False(IsClean());
        using (TableFile.Open(Path, writable: false)) second.Dispose(); // who reads is nobody here
        Assert.True(IsClean());
        using var again = TableFile.Open(Path, writable: true);
        Assert.False(again.IsClean);
        Assert.Equal("1"u8.ToArray(), again.Get("a"u8));
    }

    [Fact]
    public void A_file_whose_last_writer_died_stays_in_use_and_one_that_is_opened_and_closed_again_does_not()
    {
        Create().Abandon();
        Assert.False(IsClean());
        TableFile.Open(Path, writable: true).Dispose();
        Assert.True(IsClean());
    }

    [Fact]
    public void A_file_that_another_boot_left_in_use_is_refused_to_everybody()
    {
        Create().Dispose();
        foreach (var word in new[] { UseWord.InUseIn(Guid.NewGuid()), UseWord.BeginningIn(Guid.NewGuid()) })
        {
            StoreUse(word);
            foreach (var writable in new[] { false, true })
            {
                var error = Assert.Throws<CorruptTableException>(() => TableFile.Open(Path, writable));
                Assert.Contains("in use when the machine went down", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_file_that_another_boot_left_clean_is_whole_and_is_then_of_this_boot()
    {
        Create().Dispose();
        using (var file = File.Open(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite)) SetCreatingBoot(file, Guid.NewGuid());
        using var table = TableFile.Open(Path, writable: true);
        Assert.Equal("1"u8.ToArray(), table.Get("a"u8));
        Assert.Equal(UseWord.InUseIn(BootIdentity.Current).Bits, ReadUse().Bits);
    }

    [Fact]
    public void A_beginning_that_a_kill_cut_is_ended_by_the_next_one()
    {
        Create().Dispose();
        StoreUse(UseWord.BeginningIn(BootIdentity.Current));
        using var table = TableFile.Open(Path, writable: true);
        Assert.True(ReadUse().IsKnownToDisk);
    }

    [Fact]
    public void A_word_that_no_program_stores_is_damage()
    {
        Create().Dispose();
        StoreUse(new UseWord(UseWord.InUseIn(BootIdentity.Current).Bits | 3));
        Assert.Contains("'use'", Assert.Throws<CorruptTableException>(() => TableFile.Open(Path, writable: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dropped_file_is_not_written_to_the_disk()
    {
        var table = Create();
        table.MarkDropped();
        table.Dispose();
        Assert.False(ReadUse().IsClean);
    }

    [Fact]
    public async Task Nobody_stores_while_a_file_is_made_clean()
    {
        Create().Dispose();
        using var closing = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var useByte = TableGeometry.UseByte(RandomAccess.GetLength(closing));
        Assert.True(ByteLock.TryLock(closing, Path, useByte));
        using var opening = new ManualResetEventSlim();
        var opened = Task.Run(() =>
        {
            opening.Set();
            using var table = TableFile.Open(Path, writable: true);
            return table.IsClean;
        });
        opening.Wait();
        Assert.True(ReadUse().IsClean);
        Assert.False(opened.IsCompleted);
        ByteLock.Unlock(closing, Path, useByte);
        Assert.False(await opened);
    }

    private TableFile Create()
    {
        var table = TableFile.Create(Path, "words", 1, new TableFileOptions { Access = TableAccess.Public, MaximumBytes = 64L << 20 });
        table.Insert("a"u8, "1"u8);
        return table;
    }

    private bool IsClean()
    {
        using var table = TableFile.Open(Path, writable: false);
        return table.IsClean;
    }

    private UseWord ReadUse()
    {
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomAccess.Read(file, bytes, UseOffset);
        return new UseWord(BitConverter.ToUInt64(bytes));
    }

    private void StoreUse(UseWord word)
    {
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(file, BitConverter.GetBytes(word.Bits), UseOffset);
    }

    /// <summary>As another boot would have made the file.</summary>
    private static void SetCreatingBoot(FileStream file, Guid boot)
    {
        var constant = new byte[TableHeader.ConstantBytes];
        file.ReadExactly(constant);
        boot.ToByteArray().CopyTo(constant, 104);
        file.Position = 0;
        file.Write(constant);
        file.Write(BitConverter.GetBytes(Engine.Space.TableFormatter.CheckWord(constant)));
    }
}
