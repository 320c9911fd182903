using System.Diagnostics;
using EtsPersist.Mmf.Manager.Choosing;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Steps;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtsPersist.Mmf.Manager.Tests.Running;

/// <summary>A manager in this process, in a directory of its own that goes with the last of them.</summary>
internal sealed class RunningManager : IAsyncDisposable
{
    /// <summary>How long a test waits for what must happen.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TableManager _manager;

    private RunningManager(string root, ManagerOptions options)
    {
        Root = root;
        Options = options;
        _manager = new TableManager(options, NullLogger.Instance);
    }

    public string Root { get; }

    public ManagerOptions Options { get; }

    public InstanceDirectory Directory => Options.Directory;

    public EtsOpenOptions OpenOptions => new() { Instance = Directory.Instance, Directory = Root };

    public EtsWorkerOptions WorkerOptions => new()
    {
        Instance = Directory.Instance,
        Directory = Root,
        ConnectTimeout = Patience,
        MaximumReconnectDelay = TimeSpan.FromMilliseconds(20),
    };

    public static string NewRoot() =>
        Path.Join(OperatingSystem.IsLinux() ? "/dev/shm" : Path.GetTempPath(), $"ets-{Guid.NewGuid():N}"[..16]);

    /// <summary>Starts a manager; in the directory of another one if a root is given.</summary>
    public static async Task<RunningManager> StartAsync(
        string configuration = """{"tables":[]}""",
        string? root = null,
        bool isStandby = false,
        HandOverPolicy? policy = null,
        string instance = InstanceDirectory.DefaultInstance,
        Action<ManagerStep>? reach = null,
        IFindMeRule? rule = null)
    {
        var manager = Create(configuration, root, isStandby, policy, instance, reach, rule);
        await manager.StartAsync();
        return manager;
    }

    public static RunningManager Create(
        string configuration = "{}",
        string? root = null,
        bool isStandby = false,
        HandOverPolicy? policy = null,
        string instance = InstanceDirectory.DefaultInstance,
        Action<ManagerStep>? reach = null,
        IFindMeRule? rule = null)
    {
        root ??= NewRoot();
        return new RunningManager(root, new ManagerOptions
        {
            Directory = new InstanceDirectory(instance, root),
            Configuration = Parse(configuration),
            IsStandby = isStandby,
            Policy = policy ?? HandOverPolicy.Default,
            Reach = reach,
            Rule = rule,
        });
    }

    public Task StartAsync() => _manager.StartAsync(CancellationToken.None).WaitAsync(Patience);

    public Task<EtsWorker> ConnectAsync(string role = "billing") => EtsWorker.ConnectAsync(role, WorkerOptions).WaitAsync(Patience);

    /// <summary>Has the manager take this process for dead; what it says over a later connection comes from another one.</summary>
    public void PretendDeath() => _manager.PretendDeath();

    /// <summary>Has the manager go by another configuration.</summary>
    public Task ReconfigureAsync(string configuration) => _manager.ReconfigureAsync(Parse(configuration)).WaitAsync(Patience);

    /// <summary>Waits until something is so. What was dropped goes on Windows when it is not mapped any more; elsewhere it is gone.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience);
            await Task.Yield();
        }
    }

    /// <summary>Stops the manager and leaves the directory.</summary>
    public Task StopAsync() => _manager.DisposeAsync().AsTask().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (System.IO.Directory.Exists(Root)) System.IO.Directory.Delete(Root, recursive: true);
    }

    private static ManagerConfiguration Parse(string configuration) =>
        ConfigurationParser.Parse("test.json", System.Text.Encoding.UTF8.GetBytes(configuration));
}
