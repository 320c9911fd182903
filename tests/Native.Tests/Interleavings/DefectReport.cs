using EtsPersist.Mmf.Harness.Proof;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Counts the known defects and those that were found, and reports both at the end: one that was not found is a failure.</summary>
public sealed class DefectReport : IDisposable
{
    private int _defects;
    private int _found;

    internal void Add(bool isFound)
    {
        _defects++;
        _found += isFound ? 1 : 0;
    }

    public void Dispose() => ProofReport.Append(
        "interleavings-defects",
        ("defects", _defects),
        ("defectsFound", _found),
        ("failures", _defects - _found));
}
