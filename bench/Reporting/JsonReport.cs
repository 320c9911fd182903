using System.Text.Encodings.Web;
using System.Text.Json;
using EtsPersist.Mmf.Bench.Hosting;

namespace EtsPersist.Mmf.Bench.Reporting;

/// <summary>The results as JSON with stable names, written at the end.</summary>
internal sealed class JsonReport(MachineDescription machine, bool isQuick) : IReport
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the arrow in the names of row types
    };

    private readonly List<ComparisonResult> _comparisons = [];
    private readonly List<GrowthResult> _growth = [];
    private readonly List<RecoveryResult> _recovery = [];

    public void Add(ComparisonResult result) => _comparisons.Add(result);

    public void Add(GrowthResult result) => _growth.Add(result);

    public void Add(RecoveryResult result) => _recovery.Add(result);

    public void WriteTo(string path)
    {
        var report = new { machine, isQuick, comparisons = _comparisons, growth = _growth, recovery = _recovery };
        File.WriteAllText(path, JsonSerializer.Serialize(report, Format) + '\n');
    }
}
