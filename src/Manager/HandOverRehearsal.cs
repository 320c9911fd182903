using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;
using EtsPersist.Mmf.Session;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtsPersist.Mmf.Manager;

/// <summary>
/// Plays a hand-over through before the first real one: a manager of its own finds a table whose owner is dead, recovers it, and offers it to a
/// worker over a pipe, which dies in its turn. What is compiled and loaded on first use is there then; compiled only at a death, it would take many times as long as the
/// hand-over.
/// </summary>
/// <remarks>
/// All of it happens in a scratch instance inside the instance's directory. Killed, it leaves that behind for the next manager, which sees by
/// the lock beside it that nobody plays there. What fails is only not rehearsed.
/// </remarks>
internal static class HandOverRehearsal
{
    private const string Name = "rehearsal";
    private const string InUseExtension = ".lock";
    private const long ScratchBytes = TableDefinition.LeastMaximumBytes;

    // A manager that ends waits for it. Where there are no descriptors left, an answer may never come.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Plays it once. Threads: any; it uses the pool.</summary>
    /// <returns>Whether it was played to the end.</returns>
    public static async Task<bool> PlayAsync(InstanceDirectory directory)
    {
        var scratch = new InstanceDirectory(Guid.NewGuid().ToString("N")[..8], ScratchRoot(directory), group: "");
        var inUse = scratch.Path + InUseExtension;
        try
        {
            CreateScratchRoot(directory);
            if (!LockFile.TryAcquire(inUse, out var used)) return false;
            using (used) await PlayInAsync(scratch).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            // A full disk, a path too long for a socket, no descriptors: the work itself will say so.
            return false;
        }
        finally
        {
            Remove(scratch.Path, inUse);
        }
    }

    /// <summary>Removes what rehearsals of killed managers have left.</summary>
    public static void CleanUp(InstanceDirectory directory)
    {
        var root = ScratchRoot(directory);
        if (!Directory.Exists(root)) return;
        foreach (var inUse in Directory.GetFiles(root, "*" + InUseExtension))
        {
            try
            {
                if (!LockFile.TryAcquire(inUse, out var abandoned)) continue;
                using (abandoned) Remove(inUse[..^InUseExtension.Length], inUse);
            }
            catch (Exception error) when (error is EtsException or IOException or UnauthorizedAccessException)
            {
                // Nothing of ours.
            }
        }
    }

    /// <summary>For this user alone, also where the instance is for a group.</summary>
    private static void CreateScratchRoot(InstanceDirectory directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(ScratchRoot(directory));
        else Directory.CreateDirectory(ScratchRoot(directory), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string ScratchRoot(InstanceDirectory directory) => Path.Join(directory.Path, "rehearsals");

    private static async Task PlayInAsync(InstanceDirectory scratch)
    {
        var manager = new TableManager(new ManagerOptions { Directory = scratch, IsRehearsal = true, Policy = HandOverPolicy.Default with { OfferTimeout = Longest } }, NullLogger.Instance);
        await using (manager.ConfigureAwait(false))
        {
            foreach (var kind in Enum.GetValues<TableKind>()) TableFile.Compile(kind); // a real owner may die at work
            ProcessWatcher.Compile();
            scratch.Create();
            LeaveDeadOwner(scratch);
            await manager.StartAsync(CancellationToken.None).ConfigureAwait(false);
            await Task.Run(() => PlayWorker(scratch, manager)).WaitAsync(Longest).ConfigureAwait(false);
        }
    }

    private static void PlayWorker(InstanceDirectory scratch, TableManager manager)
    {
        using var connection = ManagerConnection.Connect(scratch, TimeSpan.Zero);
        connection.Send(1, new RegisterMessage(Name, 0, []));
        connection.Send(2, new ClaimMessage(Name, 0));
        var offer = Await<OfferMessage>(connection);
        var file = TableFile.Open(scratch.Locate(offer.FileName).Path, writable: true);
        file.Attach();
        file.TryAccept(offer.Epoch);
        connection.Send(0, new AcceptedMessage(Name, offer.Epoch));
        connection.Send(3, new DescribeTableMessage(Name));
        Await<TableListMessage>(connection, id: 3);
        file.Abandon();
        manager.PretendDeath();
        connection.Send(4, new DropTableMessage(Name));
        Await<DoneMessage>(connection, id: 4);
    }

    /// <summary>The next message of a type; an offer may come before or behind the answer to the claim.</summary>
    private static T Await<T>(ManagerConnection connection, uint id = 0) where T : IMessage<T>
    {
        while (connection.TryRead(out var payload))
        {
            FieldReader.Open(payload.Span, out var header);
            if (header.Type == T.Type && header.Id == id) return MessageCodec.Decode<T>(payload.Span, out _);
            if (header.Type is MessageType.Refused or MessageType.ClaimRefused) throw new IOException("The rehearsed manager refused a request.");
        }
        throw new IOException("The rehearsed manager closed the connection.");
    }

    private static void LeaveDeadOwner(InstanceDirectory scratch)
    {
        var definition = new TableDefinition
        {
            Id = Name,
            Options = new TableFileOptions { MaximumBytes = ScratchBytes },
            FindMe = new FindMe(Name, FindMeRule.Oldest),
        };
        var (_, file) = new TableStore(scratch, NullLogger.Instance).Create(definition);
        file.Attach();
        file.TryOffer(file.Ownership, out var offered);
        file.TryAccept(offered.Epoch);
        file.Abandon();
    }

    private static void Remove(string path, string inUse)
    {
        try
        {
            if (Directory.Exists(path))
            {
                foreach (var table in Directory.GetFiles(path, "*", SearchOption.AllDirectories)) TableFileRemoval.Delete(table);
                Directory.Delete(path, recursive: true);
            }
            File.Delete(inUse);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next manager tries again.
        }
    }
}
