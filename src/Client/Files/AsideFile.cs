using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Files;

/// <summary>
/// A file that is written beside the path that it is for, and takes its place at one instant once it is whole. Not placed, it is deleted.
/// </summary>
/// <remarks>What the file system refuses is thrown as the base library throws it.</remarks>
internal sealed class AsideFile : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly string _aside;
    private readonly EtsSaveOptions _options;
    private bool _isPlaced;

    private AsideFile(string path, string aside, EtsSaveOptions options, FileStream stream)
    {
        _path = path;
        _aside = aside;
        _options = options;
        Stream = stream;
    }

    /// <summary>Where the bytes go.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes the file in the directory of the path, for this user alone.</summary>
    public static AsideFile Create(string path, EtsSaveOptions options)
    {
        var full = Path.GetFullPath(path);
        if (!options.ReplaceExisting && File.Exists(full)) throw AlreadyThere();
        var aside = $"{full}.{Guid.NewGuid():N}.saving";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = OwnerOnly;
        return new AsideFile(full, aside, options, new FileStream(aside, how));
    }

    /// <summary>Brings the bytes to the disk and the file to its path.</summary>
    public async ValueTask PlaceAsync(CancellationToken cancellationToken)
    {
        await Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (_options.Sync) Stream.Flush(flushToDisk: true);
        await Stream.DisposeAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_options.ReplaceExisting && File.Exists(_path)) throw AlreadyThere();
        File.Move(_aside, _path, _options.ReplaceExisting);
        _isPlaced = true;
        if (_options.Sync) DirectoryFlush.Flush(Path.GetDirectoryName(_path)!);
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        if (!_isPlaced) File.Delete(_aside);
    }

    private static IOException AlreadyThere() => new("The file exists and is not to be replaced.");
}
