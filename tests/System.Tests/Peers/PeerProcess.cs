using System.Diagnostics;
using EtsPersist.Mmf.Harness.Processes;
using EtsPersist.Mmf.Peer;

namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>A peer in a process of its own: told what to do, waited for by what it says, stopped, and killed.</summary>
internal sealed class PeerProcess : IDisposable
{
    /// <summary>The program and its first arguments, for what is put before or behind them.</summary>
    public static readonly string[] Command = Executable.CommandOf(typeof(PeerCommands).Assembly.GetName().Name!);

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly Process _process;
    private int _read;
    private bool _disposed;

    private PeerProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = ProcessStart.Start(start);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a peer with a command and its options.</summary>
    public static PeerProcess Start(params string[] arguments) => new(new ProcessStartInfo(Command[0], [.. Command[1..], .. arguments]));

    /// <summary>Starts a program that becomes a peer.</summary>
    public static PeerProcess StartWith(ProcessStartInfo start) => new(start);

    /// <summary>Says a line to the peer.</summary>
    public void Say(FormattableString line)
    {
        _process.StandardInput.WriteLine(FormattableString.Invariant(line));
        _process.StandardInput.Flush();
    }

    /// <summary>Waits for the next line that begins with a word, and answers what follows the word.</summary>
    public string WaitFor(string word)
    {
        string? found = null;
        Wait.Until(() => TryFind(word, out found) || IsOver(word), () => $"'{word}' from peer {Id}.\n{Transcript()}");
        if (found is null && !TryFind(word, out found))
            Assert.Fail($"Peer {Id} ended without saying '{word}'.\n{Transcript()}");
        return found!;
    }

    /// <summary>SIGKILL, and waits until the kernel has taken everything from the process.</summary>
    public void Kill()
    {
        _process.Kill();
        WaitForExit();
    }

    /// <summary>Waits until the process has ended, and answers its exit code.</summary>
    public int WaitForExit()
    {
        if (!_process.WaitForExit(Wait.Limit))
            Assert.Fail($"Waited {Wait.Limit.TotalSeconds} s for the end of peer {Id}.\n{Transcript()}");
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP, and waits until each of its threads stands still.</summary>
    public void Stop()
    {
        Signals.Send(Id, Signals.Stop);
        Wait.Until(
            () => Directory.GetDirectories($"/proc/{Id}/task").All(IsStopped),
            () => $"all threads of peer {Id} to stop");
    }

    /// <summary>SIGCONT.</summary>
    public void Continue() => Signals.Send(Id, Signals.Continue);

    /// <summary>The lines that it has printed so far; all of them if it has ended.</summary>
    public string Printed()
    {
        if (_process.HasExited)
            _process.WaitForExit(); // all it printed has arrived
        lock (_gate)
            return string.Join('\n', _lines);
    }

    /// <summary>All it has said so far, under what it was told to do.</summary>
    public string Transcript()
    {
        lock (_gate)
            return $"peer {Id} {string.Join(' ', _process.StartInfo.ArgumentList.Skip(2))}\n  " + string.Join("\n  ", _lines);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    /// <summary>The state of a thread stands behind its name, which may contain anything.</summary>
    private static bool IsStopped(string task)
    {
        try
        {
            var status = File.ReadAllText(Path.Combine(task, "stat"));
            return status[(status.LastIndexOf(')') + 2)..].StartsWith('T');
        }
        catch (IOException)
        {
            return true; // the thread has ended
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
            _lines.Add(line);
    }

    private bool IsOver(string word)
    {
        lock (_gate)
        {
            if (_lines.Find(line => line.StartsWith("failed ", StringComparison.Ordinal)) is { } failure && word != "failed")
                throw new InvalidOperationException($"Peer {Id} {failure.Replace(" | ", "\n", StringComparison.Ordinal)}");
        }
        if (!_process.HasExited)
            return false;
        _process.WaitForExit(); // all it said has arrived
        return true;
    }

    private bool TryFind(string word, out string? rest)
    {
        lock (_gate)
        {
            for (; _read < _lines.Count; _read++)
            {
                if (_lines[_read] != word && !_lines[_read].StartsWith(word + " ", StringComparison.Ordinal))
                    continue;
                rest = _lines[_read++][word.Length..].TrimStart();
                return true;
            }
        }
        rest = null;
        return false;
    }
}
