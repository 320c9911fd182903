namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>What is promised of a store's order.</summary>
internal enum StoreKind
{
    /// <summary>It comes after everything before it, and the next write after it.</summary>
    Write,

    /// <summary>It comes after everything before it. Its order with the next write is free.</summary>
    Release,

    /// <summary>The same, and everything behind it comes after it.</summary>
    Exchange,

    /// <summary>It comes before the next write. Its order among fills, and after writes, is free.</summary>
    Fill,
}
