namespace EtsPersist.Mmf.Native.Engine.Space;

/// <summary>The bytes of a table: a mapped file, or memory in tests.</summary>
internal unsafe interface ITableStorage
{
    /// <summary>The address of the file's first byte; offsets are added to it.</summary>
    byte* Base { get; }

    /// <summary>How far offsets may go.</summary>
    long Capacity { get; }

    /// <summary>Where the table lies, for messages.</summary>
    string Path { get; }

    /// <summary>Makes sure that these bytes can be written without a fault, or throws <see cref="TableFullException"/>.</summary>
    void Reserve(long offset, long length);
}
