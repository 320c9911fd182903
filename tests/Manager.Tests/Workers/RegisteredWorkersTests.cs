using EtsPersist.Mmf.Manager.Workers;

namespace EtsPersist.Mmf.Manager.Tests.Workers;

public sealed class RegisteredWorkersTests
{
    [Fact]
    public async Task They_may_be_looked_through_while_others_register_and_leave()
    {
        const int AtOnce = 20;
        var workers = new RegisteredWorkers();
        var registering = Task.Run(() =>
        {
            for (var round = 0; round < 20_000; round++)
            {
                Action[] leave = [.. Enumerable.Range(0, AtOnce).Select(_ => workers.Add(null!))];
                foreach (var worker in leave) worker();
            }
        });
        while (!registering.IsCompleted) Assert.InRange(workers.All.ToArray().Length, 0, AtOnce);
        await registering;
    }
}
