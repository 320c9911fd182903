namespace EtsPersist.Mmf.Manager.CommandLine.Parsing;

/// <summary>A command line of a help text. A test runs each of them as it stands.</summary>
internal sealed record Example(string CommandLine, string What);
