using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Native;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>
/// Makes and removes the files of tables, in an order that a kill at any point leaves in a state which <see cref="CleanUp"/> finishes: the
/// definition is there before its table and goes after it.
/// </summary>
internal sealed class TableStore(InstanceDirectory directory, ILogger logger)
{
    private const string UnfinishedExtension = ".new";

    /// <summary>Creates a table's file and, before it, its definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="after">The highest incarnation that the name has had, or 0.</param>
    public (TableLocation Location, TableFile File) Create(TableDefinition definition, ulong after)
    {
        var incarnation = Math.Max(after + 1, (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        var location = directory.Locate(definition.Id, incarnation);
        Write(location, definition);
        try
        {
            return (location, TableFile.Create(location.Path, definition.Id, incarnation, definition.Options));
        }
        catch
        {
            File.Delete(location.DefinitionPath);
            throw;
        }
    }

    /// <summary>Replaces a table's definition.</summary>
    public static void Write(TableLocation location, TableDefinition definition)
    {
        var unfinished = location.DefinitionPath + UnfinishedExtension;
        try
        {
            File.WriteAllBytes(unfinished, TableDefinitionWriter.Write(definition));
            File.Move(unfinished, location.DefinitionPath, overwrite: true);
        }
        catch (IOException error)
        {
            throw new TableFullException($"The definition '{location.DefinitionPath}' cannot be written: {error.Message} Make space in its file system.", error);
        }
    }

    /// <summary>The definition beside a table, or one that lets any worker own it where there is none that can be read.</summary>
    public TableDefinition Read(TableLocation location, TableFile file)
    {
        Exception? cause = null;
        try
        {
            if (File.Exists(location.DefinitionPath))
                return TableDefinitionParser.ParseDocument(location.DefinitionPath, File.ReadAllBytes(location.DefinitionPath));
        }
        catch (Exception error) when (error is ConfigurationException or IOException or UnauthorizedAccessException)
        {
            cause = error;
        }
        Log.DefinitionBroken(logger, Path.GetFileName(location.DefinitionPath), cause);
        return new TableDefinition { Id = location.Name, Options = new TableFileOptions { Kind = file.Kind, Access = file.Access } };
    }

    /// <summary>Unlinks a dropped table.</summary>
    public static void Remove(TableLocation location)
    {
        File.Delete(location.Path);
        File.Delete(location.DefinitionPath);
    }

    /// <summary>Removes what a kill has left: unfinished definitions, and definitions whose table never came or is gone.</summary>
    public void CleanUp()
    {
        foreach (var path in Directory.EnumerateFiles(directory.TablesPath, "*" + UnfinishedExtension).ToArray()) Remove(path, "it was never finished");
        foreach (var definition in directory.AllDefinitions().ToArray())
        {
            if (!File.Exists(Path.ChangeExtension(definition.Path, TableLocation.TableExtension))) Remove(definition.Path, "it has no table");
        }
    }

    private void Remove(string path, string cause)
    {
        File.Delete(path);
        Log.FileRemoved(logger, Path.GetFileName(path), cause);
    }
}
