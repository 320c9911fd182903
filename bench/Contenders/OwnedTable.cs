using EtsPersist.Mmf.Bench.Hosting;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Bench.Contenders;

/// <summary>Tables as a worker has them: protected, owned by this process, of no given size. This process plays the manager, too.</summary>
internal static class OwnedTable
{
    public static EtsTable<TKey, TValue> Create<TKey, TValue>(TableDirectory directory)
    {
        var path = directory.NextTablePath();
        var file = TableFile.Create(path, "bench", incarnation: 1, new TableFileOptions { Access = TableAccess.Protected });
        if (!file.TryOffer(file.Ownership, out var offered))
            throw new InvalidOperationException($"A new table is not ownerless: {file.Ownership}.");
        return Accept<TKey, TValue>(file, offered.Epoch, () => File.Delete(path));
    }

    /// <summary>The worker's half: accepts the offer and binds the schema.</summary>
    public static EtsTable<TKey, TValue> Accept<TKey, TValue>(TableFile file, uint epoch, Action released)
    {
        if (!file.TryAccept(epoch))
            throw new InvalidOperationException($"The offer {epoch} of '{file.Path}' was withdrawn: {file.Ownership}.");
        return new EtsTable<TKey, TValue>(file, new Transfer { Table = file.Name, Reason = TransferReason.Created, Epoch = epoch }, Release);

        ValueTask Release()
        {
            file.TryRelease(epoch);
            released();
            return ValueTask.CompletedTask;
        }
    }
}
