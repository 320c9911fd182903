using Xunit;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.Runner;

/// <summary>Collects the tests that xunit finds.</summary>
internal sealed class DiscoveredTests : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly List<ITestCase> _tests = [];
    private readonly ManualResetEventSlim _complete = new();

    public void Dispose() => _complete.Dispose();

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestCaseDiscoveryMessage found) _tests.Add(found.TestCase);
        if (message is IDiscoveryCompleteMessage) _complete.Set();
        return true;
    }

    public List<ITestCase> WaitForAll()
    {
        _complete.Wait();
        return _tests;
    }
}
