using EtsPersist.Mmf.System.Tests.MachineCode.Images;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

/// <summary>An operation as the machine did it.</summary>
/// <param name="Before">The table before the operation.</param>
/// <param name="Stores">What its instructions have changed in the file, in their order.</param>
/// <param name="Instructions">How many instructions it took.</param>
/// <param name="Signals">How many signals were handled meanwhile.</param>
/// <param name="Elapsed">How long they took in single steps.</param>
internal sealed record OperationTrace(TableImage Before, IReadOnlyList<Store> Stores, int Instructions, int Signals, TimeSpan Elapsed)
{
    /// <summary>The table after the operation.</summary>
    public TableImage After() => States().Last().Image;

    /// <summary>The table before the operation, and after each instruction that changed it. It is one image that changes.</summary>
    public IEnumerable<(Store? Last, TableImage Image)> States()
    {
        var image = Before.Copy();
        yield return (null, image);
        foreach (var store in Stores)
        {
            image.Apply(store);
            yield return (store, image);
        }
    }
}
