using EtsPersist.Mmf.Manager.Workers;

namespace EtsPersist.Mmf.Manager.Tests.Workers;

public sealed class RegisteredWorkersTests
{
    [Fact]
    public async Task They_may_be_looked_through_while_others_register_and_leave()
    {
        var workers = new RegisteredWorkers();
        using var enough = new CancellationTokenSource();
        var registering = Task.Run(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                Action[] leave = [.. Enumerable.Range(0, 100).Select(_ => workers.Add(null!))];
                foreach (var worker in leave) worker();
            }
        });
        for (var look = 0; look < 2_000; look++) Assert.InRange(workers.All.ToArray().Length, 0, 100);
        await enough.CancelAsync();
        await registering;
    }
}
