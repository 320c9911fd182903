namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>What is promised of a store's order.</summary>
internal enum StoreKind
{
    /// <summary>It comes after everything before it.</summary>
    Write,

    /// <summary>The same, and everything behind it comes after it.</summary>
    Exchange,

    /// <summary>It comes before the next write. Its order among fills, and after writes, is free.</summary>
    Fill,
}
