namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>A changed engine wanted to touch what is not the table.</summary>
internal sealed class OutOfTableException : Exception;
