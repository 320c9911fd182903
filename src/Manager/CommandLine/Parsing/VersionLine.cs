using System.CommandLine;
using System.CommandLine.Invocation;

namespace EtsPersist.Mmf.Manager.CommandLine.Parsing;

/// <summary>Prints this program's version: the library's own action would print that of whatever hosts it.</summary>
internal sealed class VersionLine : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.Output().WriteLine(typeof(VersionLine).Assembly.GetName().Version?.ToString(3));
        return ExitCode.Success;
    }
}
