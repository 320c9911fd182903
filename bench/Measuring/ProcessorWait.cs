using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Bench.Measuring;

/// <summary>How long the thread that made this was ready to run while others had the processor, by the kernel's count (Linux).</summary>
internal sealed class ProcessorWait : IDisposable
{
    private const string ThreadStatistics = "/proc/thread-self/schedstat";

    private readonly SafeFileHandle? _statistics = File.Exists(ThreadStatistics) ? File.OpenHandle(ThreadStatistics) : null;

    /// <summary>Nanoseconds so far; always 0 where the system does not tell. Allocates nothing.</summary>
    public long Nanoseconds
    {
        get
        {
            if (_statistics is null)
                return 0;
            Span<byte> text = stackalloc byte[96];
            var read = text[..RandomAccess.Read(_statistics, text, 0)]; // time run, time waited, slices
            var waited = read[(read.IndexOf((byte)' ') + 1)..];
            return Utf8Parser.TryParse(waited, out long nanoseconds, out _) ? nanoseconds : 0;
        }
    }

    public void Dispose() => _statistics?.Dispose();
}
