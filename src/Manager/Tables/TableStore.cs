using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Steps;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>
/// Makes, renames and removes the files of tables, in an order that a kill at any point leaves in a state which <see cref="CleanUp"/> and the next
/// adoption finish: the definition is there before its table and goes after it, and what has a table's name is the table of that name.
/// </summary>
internal sealed class TableStore(InstanceDirectory directory, ILogger logger, Action<ManagerStep>? reach = null)
{
    private const string UnfinishedExtension = ".new";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _counting = new();
    private ulong _lastIncarnation;

    /// <summary>Tells a test that a step has been reached.</summary>
    public Action<ManagerStep> Reach { get; } = reach ?? (static _ => { });

    /// <summary>Creates a table's file and, before it, its definition.</summary>
    public (TableLocation Location, TableFile File) Create(TableDefinition definition)
    {
        var incarnation = NextIncarnation();
        var location = directory.Locate(definition.Id, incarnation);
        Write(location, definition);
        Reach(ManagerStep.DefinitionWritten);
        try
        {
            var options = definition.Options with { IsForGroup = directory.Group is not null };
            return (location, TableFile.Create(location.Path, definition.Id, incarnation, options));
        }
        catch
        {
            RemoveLeftOver(location.DefinitionPath);
            throw;
        }
    }

    /// <summary>
    /// Gives a table's file another name. The rename of the file is the moment at which it has it: a kill before leaves a definition of nothing, a kill
    /// after it a name in the header that adoption brings up to date, and the old definition, which is one of nothing then.
    /// </summary>
    /// <exception cref="TableExistsException">There is a file of the new name.</exception>
    /// <exception cref="TableFullException">The new definition cannot be written; nothing has changed.</exception>
    /// <exception cref="TableNotFoundException">The table's file is gone; nothing has changed.</exception>
    /// <exception cref="ManagerRefusedException">The file system does not rename the file; nothing has changed.</exception>
    public TableLocation Rename(OpenTable table, TableDefinition definition)
    {
        var target = directory.Locate(definition.Id, table.Location.Incarnation);
        if (File.Exists(target.Path)) throw new TableExistsException($"Table file '{target.Path}' exists already.");
        Write(target, definition);
        Reach(ManagerStep.RenameDefined);
        Move(table.Location.Path, target);
        Reach(ManagerStep.TableMoved);
        table.File.SetName(definition.Id);
        Reach(ManagerStep.NameWritten);
        RemoveLeftOver(table.Location.DefinitionPath); // no reason to fail: the table has its new name already
        return target;
    }

    /// <summary>Notes a table that is there, so that no later one has its number.</summary>
    public void Count(TableLocation location)
    {
        lock (_counting) _lastIncarnation = Math.Max(_lastIncarnation, location.Incarnation);
    }

    /// <summary>Replaces a table's definition: written aside, then put in its place by one rename. The one before stands until then.</summary>
    /// <exception cref="TableFullException">It cannot be written; nothing has changed.</exception>
    public static void Write(TableLocation location, TableDefinition definition)
    {
        var unfinished = location.DefinitionPath + UnfinishedExtension;
        try
        {
            RemoveLeftOver(unfinished); // a symbolic link in its place would be followed
            using (var file = new FileStream(unfinished, OnlyForThisUser)) file.Write(TableDefinitionWriter.Write(definition));
            File.Move(unfinished, location.DefinitionPath, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            RemoveLeftOver(unfinished);
            throw new TableFullException($"The definition '{location.DefinitionPath}' cannot be written: {error.Message} Make space in its file system.", error);
        }
    }

    /// <summary>The definition beside a table, or one that lets any worker own it where there is none that can be read.</summary>
    public TableDefinition Read(TableLocation location, TableFile file) =>
        TryRead(location) ?? new TableDefinition { Id = location.Name, Options = new TableFileOptions { Kind = file.Kind, Access = file.Access } };

    /// <summary>The definition beside a table, or null where there is none that can be read: a symbolic link in its place is none.</summary>
    public TableDefinition? TryRead(TableLocation location)
    {
        EtsException? cause = null;
        try
        {
            var text = DocumentFile.Read(location.DefinitionPath, ConfigurationParser.MaximumFileBytes);
            return TableDefinitionParser.ParseDocument(location.DefinitionPath, text) with { Id = location.Name };
        }
        catch (TableNotFoundException)
        {
            // There is none.
        }
        catch (EtsException error)
        {
            cause = error;
        }
        Log.DefinitionBroken(logger, Path.GetFileName(location.DefinitionPath), cause);
        return null;
    }

    /// <summary>Unlinks a dropped table. Windows keeps a file that is mapped; there it goes as soon as nobody has it mapped any more.</summary>
    /// <returns>Whether it is gone already.</returns>
    public bool Remove(TableLocation location)
    {
        try
        {
            Unlink(location);
            return true;
        }
        catch (Exception error) when (OperatingSystem.IsWindows() && error is IOException or UnauthorizedAccessException)
        {
            _ = UnlinkLaterAsync(location);
            return false;
        }
    }

    /// <summary>Lets the group of the instance in, if it has one; first at the tables that were made before it had.</summary>
    public void AdmitGroup()
    {
        foreach (var table in directory.AllTables().ToArray())
        {
            try
            {
                directory.AdmitGroup(table);
            }
            catch (EtsException error)
            {
                Log.GroupNotAdmitted(logger, Path.GetFileName(table.Path), error.Message);
            }
        }
        directory.AdmitGroup();
    }

    /// <summary>Removes what a kill has left: unfinished definitions, and definitions whose table never came, is gone or has another name.</summary>
    public void CleanUp()
    {
        foreach (var path in Unfinished(directory.TablesPath).Union(Unfinished(directory.ScratchPath)).ToArray())
        {
            try
            {
                Remove(path, "it was never finished");
            }
            catch (Exception error) when (OperatingSystem.IsWindows() && error is IOException or UnauthorizedAccessException)
            {
                // A worker rehearses with it just now, and removes it itself.
            }
        }
        foreach (var definition in directory.AllDefinitions().ToArray())
        {
            if (File.Exists(Path.ChangeExtension(definition.Path, TableLocation.TableExtension))) continue;
            try
            {
                Remove(definition.Path, "it has no table");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody has it open, perhaps, and Windows keeps it as long; the next start tries again.
            }
        }
    }

    /// <summary>Higher than that of every table that the instance had before, also where the clock was set back: it is the order of creation, too.</summary>
    private ulong NextIncarnation()
    {
        lock (_counting) return _lastIncarnation = Math.Max(_lastIncarnation + 1, (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    private static FileStreamOptions OnlyForThisUser => OperatingSystem.IsWindows()
        ? new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 }
        : new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };

    private static void Move(string path, TableLocation target)
    {
        try
        {
            File.Move(path, target.Path, overwrite: true); // one rename; without "overwrite" it would be a link and an unlink
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            RemoveLeftOver(target.DefinitionPath);
            if (!File.Exists(path))
                throw new TableNotFoundException($"Table file '{path}' was removed by hand and cannot be renamed. Drop the table; who has it open can save it before.", error);
            throw new ManagerRefusedException(
                $"Table file '{path}' cannot be renamed to '{target.Path}': {error.Message} Look at the rights and the state of its directory, and try again.", error);
        }
    }

    /// <summary>Removes a definition of nothing, if that can be: what could not be written takes no space from what follows.</summary>
    private static void RemoveLeftOver(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next start removes it.
        }
    }

    private static IEnumerable<string> Unfinished(string path) => Directory.EnumerateFiles(path, "*" + UnfinishedExtension);

    private void Unlink(TableLocation location)
    {
        TableFileRemoval.Delete(location.Path);
        Reach(ManagerStep.TableUnlinked);
        File.Delete(location.DefinitionPath);
    }

    /// <summary>Tries again for as long as this process lives. The next manager finds a file that says of itself that it is dropped.</summary>
    private async Task UnlinkLaterAsync(TableLocation location)
    {
        for (var pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            await Task.Delay(pause).ConfigureAwait(false);
            try
            {
                Unlink(location);
                Log.FileRemoved(logger, Path.GetFileName(location.Path), "it was dropped, and nobody has it mapped any more");
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Still mapped.
            }
        }
    }

    private void Remove(string path, string cause)
    {
        File.Delete(path);
        Log.FileRemoved(logger, Path.GetFileName(path), cause);
    }
}
