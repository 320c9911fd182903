namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>What a process has in use, as seen from outside.</summary>
/// <param name="ManagedBytes">The objects of its managed heap that live.</param>
/// <param name="Descriptors">Its files, pipes, sockets and all else that is open but its own code; on Windows handles.</param>
internal readonly record struct Footprint(long ManagedBytes, int Descriptors)
{
    /// <summary>Whether it is not more than another one by more than a part.</summary>
    public bool IsWithin(double tolerance, Footprint before) =>
        ManagedBytes <= before.ManagedBytes * (1 + tolerance) && Descriptors <= before.Descriptors * (1 + tolerance);
}
