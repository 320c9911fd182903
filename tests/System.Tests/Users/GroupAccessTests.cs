using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Text;
using EtsPersist.Mmf.System.Tests.HandOver;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.Users;

/// <summary>An instance is for its user alone, or also for a group that is named on both sides; nobody else learns more than that they are refused.</summary>
[Collection(ProcessTests.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class GroupAccessTests : IDisposable
{
    private const int Failed = 1;
    private const uint NoGroup = 23_999;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerAndGroup = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private static readonly string[] NotForMembers =
    [
        "touch tables/x",
        "rm -f tables/*.ets",
        "mv tables/*.ets tables/x",
        "ln -s /etc/passwd tables/x",
        "cat tables/*.json",
        "cat manager.lock",
        "rm -f manager.pipe",
        "touch x",
    ];

    private static readonly OtherUser Owner = OtherUser.Owner;
    private static readonly OtherUser Member = OtherUser.Member;
    private static readonly OtherUser Outsider = OtherUser.Outsider;

    private readonly SharedInstance _instance = new();

    public void Dispose() => _instance.Dispose();

    [RootFact]
    public void Members_of_the_group_own_read_and_hand_over_the_tables_of_another_users_instance()
    {
        var manager = _instance.StartManager();
        var owner = _instance.StartWorker(Member);
        Assert.Equal(new Arrival(1, TransferReason.Created, 0, 0, 0), owner.WaitForArrival());
        var reader = _instance.StartReader(Member);
        var next = _instance.StartWaitingWorker(Owner, manager);
        WorkedTable.RequireProgress(owner, reader);
        owner.Peer.Kill();
        next.RequireTakeOver(owner, epoch: 2);
        var last = _instance.StartWaitingWorker(Member, manager);
        next.Peer.Kill();
        last.RequireTakeOver(next, epoch: 3);
        WorkedTable.RequireProgress(last, reader);
        reader.Stop();
        var (exitCode, printed) = _instance.Run(Member, OtherUser.Group, "status");
        Assert.True(exitCode == 0 && printed.Contains($" {last.Id} ", StringComparison.Ordinal), printed);
    }

    [RootFact]
    public void The_next_manager_adopts_an_owner_of_another_user()
    {
        var manager = _instance.StartManager();
        var owner = _instance.StartWorker(Member);
        owner.WaitForArrival();
        var reader = _instance.StartReader(Member);
        manager.Kill();
        WorkedTable.RequireProgress(owner, reader);
        manager = _instance.StartManager();
        manager.WaitForEvent("registered", owner.Id);
        var next = _instance.StartWaitingWorker(Member, manager);
        owner.Peer.Kill();
        next.RequireTakeOver(owner, epoch: 2);
        reader.Stop();
    }

    [RootFact]
    public void What_a_group_gets_is_tables_and_the_pipe_and_nothing_to_put_in_their_place()
    {
        _instance.StartManager();
        _instance.StartWorker(Member).WaitForArrival();
        var directory = _instance.Directory;
        var table = Assert.Single(directory.FindTables("accounts"));
        Assert.Equal(OwnerAndGroup, File.GetUnixFileMode(table.Path));
        Assert.Equal(OwnerAndGroup, File.GetUnixFileMode(directory.PipeName));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.ChangeExtension(table.Path, ".json")));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(directory.LockPath));
        Assert.True(_instance.Succeeds(Member, "cat tables/*.ets | head -c 8"));
        Assert.All(NotForMembers, commandLine => Assert.False(_instance.Succeeds(Member, commandLine), commandLine));
    }

    [RootFact]
    public void Who_is_not_in_the_group_is_refused_with_the_reason_and_gets_nothing_else()
    {
        _instance.StartManager();
        _instance.StartWorker(Member).WaitForArrival();
        foreach (var group in new uint?[] { null, OtherUser.Group })
        {
            foreach (var command in new[] { "tables", "status", "run" })
            {
                var (exitCode, printed) = _instance.Run(Outsider, group, command);
                Assert.Equal(Failed, exitCode);
                Assert.Contains($"User {Outsider.Id} cannot reach '{_instance.Directory.Path}'", printed, StringComparison.Ordinal);
            }
            Assert.Contains("InstanceDirectoryException", _instance.FailureOf(Outsider, group, "worker"), StringComparison.Ordinal);
            Assert.Contains("InstanceDirectoryException", _instance.FailureOf(Outsider, group, "account-reader"), StringComparison.Ordinal);
        }
        Assert.False(_instance.Succeeds(Outsider, "true"));
    }

    [RootFact]
    public void Whoever_uses_the_instance_names_the_group_or_is_told_to()
    {
        _instance.StartManager();
        var (exitCode, printed) = _instance.Run(Member, group: null, "status");
        Assert.Equal(Failed, exitCode);
        Assert.Contains($"belongs to user {Owner.Id}, not to {Member.Id}. Name the group", printed, StringComparison.Ordinal);
        (exitCode, printed) = _instance.Run(Member, NoGroup, "status");
        Assert.Equal(Failed, exitCode);
        Assert.Contains($"is not in group '{NoGroup}'", printed, StringComparison.Ordinal);
        (exitCode, printed) = _instance.Run(Owner, group: null, "status");
        Assert.Equal(Failed, exitCode);
        Assert.Contains($"is open to group {OtherUser.Group}. Whoever uses it names the group: --group", printed, StringComparison.Ordinal);
        Assert.Equal(0, _instance.Run(Owner, OtherUser.Group, "status").ExitCode);
    }

    [RootFact]
    public void Without_a_group_every_other_user_is_refused()
    {
        _instance.StartManager(group: null);
        _instance.StartWorker(Owner, group: null).WaitForArrival();
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_instance.Directory.PipeName));
        foreach (var group in new uint?[] { null, OtherUser.Group })
        {
            Assert.Contains("InstanceDirectoryException", _instance.FailureOf(Member, group, "worker"), StringComparison.Ordinal);
            Assert.Contains("InstanceDirectoryException", _instance.FailureOf(Member, group, "account-reader"), StringComparison.Ordinal);
        }
        Assert.False(_instance.Succeeds(Member, "true"));
        Assert.Equal(0, _instance.Run(Owner, group: null, "health").ExitCode);
    }

    [RootFact]
    public void Whom_no_permission_holds_up_the_manager_itself_refuses_with_a_sentence()
    {
        _instance.StartManager(group: null);
        using var pipe = new NamedPipeClientStream(".", _instance.Directory.PipeName, PipeDirection.In);
        pipe.Connect();
        using var said = new StreamReader(pipe, Encoding.Latin1);
        Assert.Contains("serves its own user, not user 0.", said.ReadToEnd(), StringComparison.Ordinal);
    }

    [RootFact]
    public void An_instance_is_opened_to_a_group_with_the_tables_that_it_has_and_closed_again()
    {
        var manager = _instance.StartManager(group: null);
        var owner = _instance.StartWorker(Owner, group: null);
        owner.WaitForArrival();
        manager.Kill();
        manager = _instance.StartManager();
        var reader = _instance.StartReader(Member);
        WorkedTable.RequireProgress(owner, reader);
        reader.Stop();
        manager.Kill();

        var (exitCode, printed) = _instance.Run(Owner, group: null, "run");
        Assert.Equal(Failed, exitCode);
        var close = $"chmod -R go= '{_instance.Directory.Path}'";
        Assert.Contains($"To close it, run: {close}", printed, StringComparison.Ordinal);
        Assert.True(_instance.Succeeds(Owner, close));
        _instance.StartManager(group: null);
        Assert.Contains("InstanceDirectoryException", _instance.FailureOf(Member, OtherUser.Group, "account-reader"), StringComparison.Ordinal);
    }

    [RootFact]
    public void A_group_that_the_managers_user_is_not_in_or_that_is_not_there_is_refused()
    {
        var (exitCode, printed) = _instance.Run(Owner, NoGroup, "run");
        Assert.Equal(Failed, exitCode);
        Assert.Contains($"User {Owner.Id} is not in group '{NoGroup}'", printed, StringComparison.Ordinal);
        (exitCode, printed) = _instance.Run(Owner, group: null, "run", "--group", "no-such-group");
        Assert.Equal(Failed, exitCode);
        Assert.Contains("There is no group 'no-such-group'", printed, StringComparison.Ordinal);
    }

    [RootFact]
    public void Another_users_manager_is_refused_though_its_user_is_in_the_group()
    {
        _instance.StartManager().Kill();
        var (exitCode, printed) = _instance.Run(Member, OtherUser.Group, "run");
        Assert.Equal(Failed, exitCode);
        Assert.Contains("The manager of an instance runs as the user of its directory.", printed, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_stopped_owner_of_another_user_is_reported_and_not_killed()
    {
        var configuration = $"{_instance.Root}.json";
        File.WriteAllText(configuration, """{"silence":{"limitMilliseconds":2000,"kill":true}}""");
        var manager = _instance.StartManager("--config", configuration);
        var owner = _instance.StartWorker(Member);
        owner.WaitForArrival();
        var reader = _instance.StartReader(Member);
        owner.Peer.Stop();
        manager.WaitForEvent("silent", owner.Id);
        Wait.Until(
            () => manager.Process.Printed().Contains($"The owner process {owner.Id} (billing) has said nothing", StringComparison.Ordinal),
            () => $"the manager to say that it cannot kill. {manager.Process.Transcript()}");
        Assert.Contains("cannot be killed", manager.Process.Printed(), StringComparison.Ordinal);
        owner.Peer.Continue();
        WorkedTable.RequireProgress(owner, reader);
        reader.Stop();
    }
}
