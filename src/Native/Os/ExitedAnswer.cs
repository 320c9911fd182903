namespace EtsPersist.Mmf.Native.Os;

/// <summary>What came of subscribing to <c>Process.Exited</c>.</summary>
internal enum ExitedAnswer
{
    /// <summary>The event will come.</summary>
    Watching,

    /// <summary>The process is gone; another one may have its id.</summary>
    Dead,

    /// <summary>The process cannot be opened or not be told from another one with its id.</summary>
    Refused,
}
