using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Manager.Tests.Running;

namespace EtsPersist.Mmf.Manager.Tests.Operating;

public sealed class OperatorConnectionTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void A_manager_that_takes_connections_and_says_nothing_does_not_answer()
    {
        using var manager = new SilentManager();
        RequireSilence(Assert.Throws<ManagerNotRunningException>(() => OperatorConnection.Connect(manager.Directory, Short)));
    }

    [Fact]
    public async Task A_manager_that_says_nothing_after_its_welcome_does_not_answer()
    {
        using var manager = new SilentManager();
        var welcoming = manager.WelcomeAsync();
        using var connection = OperatorConnection.Connect(manager.Directory, RunningManager.Patience);
        await welcoming;
        connection.Limit = Short;
        RequireSilence(Assert.Throws<ManagerNotRunningException>(connection.GetStatus));
    }

    private static void RequireSilence(ManagerNotRunningException refusal) =>
        Assert.Contains("has not answered for 0.2 s", refusal.Message, StringComparison.Ordinal);
}
