using System.Diagnostics;

namespace EtsPersist.Mmf.Harness.Processes;

/// <summary>A process that the run started, with the last lines it wrote.</summary>
internal abstract class ChildProcess : IDisposable
{
    private const int LinesKept = 30;
    private readonly Process _process;
    private readonly Queue<string> _lines = new();

    /// <summary>Starts a .NET program that lies beside the driver.</summary>
    /// <param name="name">What the run calls it.</param>
    /// <param name="program">The program's assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="optimized">Whether its code is optimized from the start, or in tiers as the program is set to.</param>
    protected ChildProcess(string name, string program, IEnumerable<string> arguments, bool optimized = false)
    {
        Name = name;
        var command = Executable.CommandOf(program);
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (optimized) start.Environment["DOTNET_TieredCompilation"] = "0";
        _process = ProcessStart.Start(start);
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Id = _process.Id;
    }

    /// <summary>What the run calls it.</summary>
    public string Name { get; }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>Whether the run killed it.</summary>
    public bool Killed { get; protected set; }

    /// <summary>Whether it is gone.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>How it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>How many lines it has written: a sign of life.</summary>
    public long LinesWritten { get; private set; }

    /// <summary>Kills it as <c>kill -9</c> does. It is gone some milliseconds later.</summary>
    public virtual void Strike()
    {
        Killed = true;
        _process.Kill();
    }

    /// <summary>Waits for its end; false where the time passes first.</summary>
    public bool WaitForExit(TimeSpan time) => _process.WaitForExit(time);

    /// <summary>Waits until the last lines of a process that is gone have arrived.</summary>
    public void Drain() => _process.WaitForExit();

    /// <summary>Gives it a line on its standard input. A process that is gone does not read it.</summary>
    public void Tell(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
        }
    }

    /// <summary>One line about its state, and the last lines it wrote.</summary>
    public virtual string Describe()
    {
        lock (_lines)
        {
            var state = HasExited ? $"ended with {ExitCode}" : "runs";
            return string.Join(Environment.NewLine + "    | ", _lines.Prepend($"  {Name} (process {Id}) {state}"));
        }
    }

    /// <summary>Kills it if it still runs, and lets go of it.</summary>
    public virtual void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit(TimeSpan.FromSeconds(10));
        _process.Dispose();
    }

    /// <summary>Takes what it says on its standard output, line by line, on a thread of the pool.</summary>
    protected virtual void Heard(string line)
    {
    }

    private void Hear(string? line)
    {
        Keep(line);
        if (line is not null) Heard(line);
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lines)
        {
            LinesWritten++;
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept) _lines.Dequeue();
        }
    }
}
