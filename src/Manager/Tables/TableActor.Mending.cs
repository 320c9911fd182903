using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tables;

/// <content>
/// Tables that are disabled: what has the name could not be opened, or a look at it has failed. Whoever asks something of such a table has it looked at first whether
/// that is over: its file mended, replaced or removed by hand, or there what was lacking to open it, as rights or descriptors. Until then it can be dropped, by
/// anybody: who owns it can perhaps not be read.
/// </content>
internal sealed partial class TableActor
{
    private string? _problem;

    /// <summary>What has the name and could not be opened.</summary>
    private TableLocation? _unopened;

    /// <summary>Takes over the file that an earlier manager has left under this name; false if there is no table of it.</summary>
    public Task<bool> AdoptAsync(TableLocation location) => _queue.InvokeAsync(() =>
    {
        _surroundings.Store.Count(location);
        try
        {
            Adopt(location);
        }
        catch (Exception error)
        {
            Disable(error);
        }
        return _table is not null || _problem is not null;
    });

    private void Adopt(TableLocation location)
    {
        var before = _table;
        if (before is null) _unopened = location;
        if (OpenIfThere(location) is not { } file)
        {
            RemoveLeftOver(location);
            return;
        }
        if (file.IsDropped)
        {
            file.Dispose();
            if (_surroundings.Store.Remove(location)) Log.FileRemoved(_surroundings.Logger, Path.GetFileName(location.Path), "it was dropped");
            _unopened = null;
            return;
        }
        if (file.Name != location.Name) file.SetName(location.Name); // a rename that was cut
        var table = Serve(location, file, _surroundings.Store.Read(location, file));
        if (before is not null)
        {
            table.HandOver.Continue(before.HandOver, "it was disabled");
            before.File.Dispose();
        }
        Log.TableAdopted(_surroundings.Logger, Name, Path.GetFileName(location.Path), file.Ownership.State, file.Ownership.Epoch);
        table.HandOver.NoteDeath(); // Whoever died while no manager ran.
        Look();
    }

    /// <summary>Looks at a disabled table whether it can be served now.</summary>
    private void Mend()
    {
        if (_problem is not { } problem) return;
        _problem = null;
        try
        {
            if ((_table?.Location ?? _unopened) is { } location) Adopt(location);
        }
        catch (Exception error)
        {
            if (error.Message == problem) _problem = problem; // as it was told already
            else Disable(error);
        }
        TryGiveUp();
    }

    /// <summary>Drops a disabled table if it is still one; true also where it was removed by hand.</summary>
    private bool TryDropDisabled()
    {
        if (_problem is null) return false;
        Mend();
        if (_table is not null) return false;
        if (_unopened is { } location) RemoveUnopened(location);
        return true;
    }

    /// <summary>Drops what is left of a table whose file was removed by hand.</summary>
    private void RemoveLeftOver(TableLocation location)
    {
        if (_table is not { } table)
        {
            RemoveUnopened(location);
            return;
        }
        table.File.MarkDropped(); // for those that have it open
        Remove(table);
    }

    /// <summary>Removes a file that cannot be opened. It does not say of itself that it is dropped; so what keeps it from being removed is an error.</summary>
    /// <exception cref="ManagerRefusedException">It cannot be removed; nothing has changed.</exception>
    private void RemoveUnopened(TableLocation location)
    {
        var definition = _surroundings.Store.TryRead(location);
        try
        {
            _surroundings.Store.Remove(location);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ManagerRefusedException($"Table file '{location.Path}' cannot be removed: {error.Message} Look at the rights of its directory, and try again.", error);
        }
        (_unopened, _problem) = (null, null);
        OnDropped(definition);
    }

    private void Disable(Exception error)
    {
        _problem ??= error.Message;
        Log.TableDisabled(_surroundings.Logger, Name, error.Message, error);
        LetThrough();
    }

    /// <exception cref="CorruptTableException">The table is disabled.</exception>
    private void RequireUsable()
    {
        Mend();
        if (_problem is { } problem)
            throw new CorruptTableException($"Table '{Name}' is disabled: {problem} It is served again when that is mended; to give it up, drop it.");
    }

    private static TableFile? OpenIfThere(TableLocation location)
    {
        try
        {
            return TableFile.Open(location.Path, writable: true);
        }
        catch (TableNotFoundException)
        {
            return null;
        }
    }
}
