namespace EtsPersist.Mmf.Prove;

/// <summary>A part of the proof: tests that count what they tried, and report it under its name.</summary>
/// <param name="Name">The name in the report's lines.</param>
/// <param name="What">What it tries, in words.</param>
/// <param name="Tests">Where they are: a project in the folder of tests, and a folder of it.</param>
internal sealed record ProofPart(string Name, string What, params (string Project, string Folder)[] Tests)
{
    /// <summary>All parts. Every one must report.</summary>
    public static IReadOnlyList<ProofPart> All { get; } =
    [
        new("crash", "a kill before every store of every operation, and of its recovery", ("Native.Tests", "Crash")),
        new("mutations", "every store dropped or swapped must be noticed", ("Native.Tests", "Mutations")),
        new("interleavings", "several actors stepped through every order, kills among the steps", ("Native.Tests", "Interleavings")),
        new("machine", "the compiled code, instruction by instruction", ("System.Tests", "MachineCode")) { NeedsLinux = true },
        new("stopped", "writers and owners that are stopped, not dead", ("System.Tests", "Stopped")) { NeedsLinux = true },
        new("hostile", "files with wrong bytes, full disks, file size limits, too many writers",
            ("Native.Tests", "Hostile"), ("System.Tests", "Hostile"), ("Native.Tests", "Limits"), ("System.Tests", "Limits")),
    ];

    /// <summary>Whether it uses what only Linux has.</summary>
    public bool NeedsLinux { get; init; }
}
