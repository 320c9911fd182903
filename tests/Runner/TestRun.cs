using System.IO.Enumeration;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace EtsPersist.Mmf.Runner;

/// <summary>Finds the tests of an assembly, takes those that are asked for and can work here, and runs them in this process.</summary>
internal sealed class TestRun(RunOptions options)
{
    private readonly Assembly _assembly = Assembly.Load($"EtsPersist.Mmf.{options.Assembly}.Tests");
    private readonly IReadOnlyList<Exclusion> _exclusions = options.Except is { } file ? Exclusion.Read(file) : [];

    /// <summary>Runs them, and returns the program's exit code.</summary>
    public int Run()
    {
        using var framework = new XunitTestFramework(new DiscoveredTests());
        var found = Find(framework);
        var stale = _exclusions.Where(exclusion => exclusion.Assembly == options.Assembly)
            .Where(exclusion => !found.Any(test => Names(exclusion, test))).ToList();
        foreach (var exclusion in stale)
            Console.WriteLine($"STALE {exclusion.Pattern}: no test has such a name. Take it out of {options.Except}.");

        var asked = found.Where(IsAskedFor).ToList();
        var excluded = asked.ToLookup(test => _exclusions.FirstOrDefault(exclusion => Names(exclusion, test)));
        using var results = new Results(options);
        foreach (var group in excluded.Where(group => group.Key is not null))
            results.Exclude(group.Key!, group.Count());
        using (var executor = framework.GetExecutor(_assembly.GetName()))
        {
            SynchronizationContext.SetSynchronizationContext(new PoolContext());
            executor.RunTests(excluded[null], results, new FrameworkOptions());
            results.WaitForTheEnd();
        }
        return results.Conclude() && stale.Count == 0 ? 0 : 1;
    }

    private List<ITestCase> Find(XunitTestFramework framework)
    {
        using var discoverer = framework.GetDiscoverer(Reflector.Wrap(_assembly));
        using var found = new DiscoveredTests();
        discoverer.Find(includeSourceInformation: false, found, new FrameworkOptions());
        return found.WaitForAll();
    }

    private bool IsAskedFor(ITestCase test) => options.Only.Count == 0
        || options.Only.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, test.DisplayName, ignoreCase: false));

    /// <summary>By the name with arguments, or by that of the method.</summary>
    private bool Names(Exclusion exclusion, ITestCase test) => exclusion.Names(options.Assembly, test.DisplayName)
        || exclusion.Names(options.Assembly, $"{test.TestMethod.TestClass.Class.Name}.{test.TestMethod.Method.Name}");
}
