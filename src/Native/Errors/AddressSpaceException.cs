namespace EtsPersist.Mmf;

/// <summary>The process has no room in its address space to map a table of that capacity. Nothing was changed.</summary>
public sealed class AddressSpaceException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public AddressSpaceException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public AddressSpaceException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public AddressSpaceException() { }

    /// <summary>Creates the error of a file that could not be mapped.</summary>
    /// <param name="path">The table's file.</param>
    /// <param name="capacity">How many bytes were to be mapped.</param>
    /// <param name="limit">The limit of the process, <see cref="long.MaxValue"/> if it has none.</param>
    /// <param name="cause">What the system said.</param>
    public static AddressSpaceException ForFile(string path, long capacity, long limit, Exception? cause) =>
        new($"Table file '{path}' cannot be mapped: there is no room for its {capacity} bytes in the address space of this process" + (OperatingSystem.IsWindows()
            ? ". Open fewer tables, or create the table with a lower MaximumBytes."
            : $" ({(limit == long.MaxValue ? "RLIMIT_AS is unlimited" : $"RLIMIT_AS is {limit}")}). " +
                "Raise 'ulimit -v' or vm.max_map_count, open fewer tables, or create the table with a lower MaximumBytes."), cause);
}
