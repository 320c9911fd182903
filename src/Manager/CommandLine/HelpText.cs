namespace EtsPersist.Mmf.Manager.CommandLine;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public const string Program = """
        etspersist: keeps tables in memory-mapped files alive across the deaths of the processes that work on them.

        Usage:
          etspersist run [options]     Run the manager of an instance.
          etspersist --help            Show this. Also: etspersist run --help
          etspersist --version         Show the version.

        Exit codes: 0 done, 1 failed, 2 wrong command line or configuration, 5 another manager runs, 70 defect.
        """;

    public const string Run = """
        Runs the manager of an instance: creates tables, hands them to workers, and to the next worker when one dies.

        Usage:
          etspersist run [--instance NAME] [--dir PATH] [--config FILE] [--standby] [--events FILE]

        Options:
          --instance NAME   The instance. Default: default.
          --dir PATH        The directory that holds the instances.
                            Default: /dev/shm/etspersist-UID on Linux, %LOCALAPPDATA%\EtsPersist on Windows.
          --config FILE     A JSON file of tables to create:
                            {"tables":[{"id":"accounts","options":{"kind":"set","access":"protected"},
                             "findMe":{"role":"billing","rule":"oldest"},"giftData":{"any":"JSON"}}]}
          --standby         If a manager runs for the instance, wait and take over when it ends or dies.
          --events FILE     Write what happens to FILE, one JSON object a line.

        One line on standard output says that it serves; the log goes to standard error. SIGTERM and Ctrl-C end it;
        tables and their owners go on without it, and the next manager takes them over.

        Examples:
          etspersist run
          etspersist run --instance shop --config shop.json
          etspersist run --instance shop --standby
        """;
}
