using EtsPersist.Mmf.Manager.Choosing;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

public sealed class FindMeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeTable _table = new();
    private readonly ClaimQueue _claims = new();
    private readonly RecordingSurroundings _surroundings = new();
    private readonly ManualTime _time = new();
    private readonly TableHandOver _handOver;
    private readonly FakeWorker _first = new(1) { Priority = 1, OwnedTables = 2 };
    private readonly FakeWorker _second = new(2) { Priority = 5, OwnedTables = 3 };
    private readonly FakeWorker _third = new(3) { Priority = 5, OwnedTables = 1 };
    private readonly FakeWorker _fourth = new(4) { Priority = 0, OwnedTables = 1 };

    public FindMeTests()
    {
        _handOver = new TableHandOver(_table, _claims, HandOverPolicy.Default, _surroundings, _time);
        var since = 0;
        foreach (var worker in Workers) _claims.Add(worker, TimeSpan.FromSeconds(since++));
    }

    private FakeWorker[] Workers => [_first, _second, _third, _fourth];

    [Theory]
    [InlineData(FindMeRule.Oldest, 1)]
    [InlineData(FindMeRule.Newest, 4)]
    [InlineData(FindMeRule.Priority, 2)]
    [InlineData(FindMeRule.FewestTables, 3)]
    public void A_rule_chooses_among_the_workers_that_wait(FindMeRule rule, int expected)
    {
        _surroundings.Definition = _surroundings.Definition with { FindMe = new FindMe("billing", rule) };
        _handOver.Look();
        Assert.Equal(expected, Chosen());
    }

    [Theory]
    [InlineData(FindMeRule.Newest, 3)]
    [InlineData(FindMeRule.Priority, 3)]
    public void A_rule_does_not_choose_the_dead(FindMeRule rule, int expected)
    {
        _surroundings.Definition = _surroundings.Definition with { FindMe = new FindMe("billing", rule) };
        _second.IsDead = _fourth.IsDead = true;
        _handOver.Look();
        Assert.Equal(expected, Chosen());
    }

    [Fact]
    public async Task A_users_rule_gets_the_candidates_and_is_obeyed()
    {
        FindMeRequest? asked = null;
        await LookWithRuleAsync(request =>
        {
            asked = request;
            return new EtsSuccessor(3);
        });
        Assert.Equal(3, Chosen());
        Assert.Equal([1, 2, 3, 4], asked!.Candidates.Select(candidate => candidate.ProcessId));
        Assert.Equal(("accounts", TransferReason.Created), (asked.Table, asked.Reason));
    }

    [Fact]
    public Task A_rule_that_throws_is_passed_over() =>
        RequirePassedOverAsync("it failed: no idea", _ => throw new InvalidOperationException("no idea"));

    [Fact]
    public Task A_rule_that_names_a_process_that_does_not_wait_is_passed_over() =>
        RequirePassedOverAsync("which does not wait for the table", _ => new EtsSuccessor(99));

    [Fact]
    public Task A_rule_that_names_a_process_that_has_died_meanwhile_is_passed_over() => RequirePassedOverAsync("which is dead", _ =>
    {
        _second.IsDead = true;
        return new EtsSuccessor(2);
    });

    [Fact]
    public async Task A_rule_that_hangs_is_passed_over()
    {
        using var never = new ManualResetEventSlim();
        _surroundings.RuleTimeLimit = TimeSpan.FromMilliseconds(20);
        await RequirePassedOverAsync("it did not answer within 20 ms", _ =>
        {
            never.Wait(Patience);
            return null;
        });
        never.Set();
    }

    [Fact]
    public async Task A_rule_that_chooses_nobody_is_asked_again_after_a_pause_and_not_before()
    {
        await LookWithRuleAsync(_ => null);
        Assert.Null(Chosen());
        Assert.Equal(HandOverPolicy.Default.RulePause, _handOver.Look());
        Assert.Single(_surroundings.Seen, "asked the rule");
        _time.Advance(HandOverPolicy.Default.RulePause);
        _handOver.Look();
        Assert.Equal(2, _surroundings.Seen.Count(seen => seen == "asked the rule"));
    }

    [Fact]
    public void A_local_table_is_offered_to_nobody()
    {
        _surroundings.Definition = _surroundings.Definition with { IsLocal = true };
        Assert.Null(_handOver.Look());
        Assert.Null(Chosen());
    }

    [Fact]
    public void A_table_in_quarantine_is_offered_to_nobody_until_its_time_is_over()
    {
        _surroundings.QuarantineLeft = TimeSpan.FromMinutes(5);
        Assert.Equal(TimeSpan.FromMinutes(5), _handOver.Look());
        Assert.Null(Chosen());
        _surroundings.QuarantineLeft = TimeSpan.Zero;
        _handOver.Look();
        Assert.Equal(1, Chosen());
    }

    [Theory]
    [InlineData(250)]
    [InlineData(3)]
    [InlineData(1)]
    public void A_table_whose_owners_keep_dying_on_arrival_comes_into_quarantine(int limit)
    {
        _surroundings.Arrivals = new ArrivalLimits { QuarantineAfter = limit, QuarantineTime = TimeSpan.FromMinutes(7) };
        var handedOver = 0;
        while (!_surroundings.Seen.Contains("quarantined") && handedOver < 1000)
        {
            var worker = new FakeWorker(1000 + handedOver);
            foreach (var other in _claims.Claimants) _claims.Forget(other);
            _claims.Add(worker, default);
            while (worker.Offers.Count == 0)
            {
                if (_handOver.Look() is { } pause && worker.Offers.Count == 0) _time.Advance(pause);
            }
            _table.Accept(worker.LastOffer.Epoch, slot: 3);
            _handOver.Look();
            worker.IsDead = true;
            _table.Alive.Remove(3);
            handedOver++;
            _handOver.Look();
        }
        Assert.Equal(limit, handedOver);
        Assert.Equal(TimeSpan.FromMinutes(7), _surroundings.QuarantineLeft);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void An_owner_that_works_for_a_while_and_lets_the_table_go_ends_a_row_of_deaths_on_arrival(bool isLong, bool givesAway)
    {
        _surroundings.Arrivals = new ArrivalLimits { QuarantineAfter = 2 };
        foreach (var other in _claims.Claimants) _claims.Forget(other);
        Kill(Own(1));
        var owner = Own(2);
        if (isLong) _time.Advance(_surroundings.Arrivals.Window + TimeSpan.FromTicks(1));
        if (givesAway)
        {
            var successor = new FakeWorker(3);
            _handOver.GiveAway(owner, successor, _table.GiveAway(), default, static _ => { });
            _table.Accept(successor.LastOffer.Epoch, slot: 3);
            _handOver.Look();
            Kill(successor);
        }
        else
        {
            _table.Release();
            _handOver.Look();
            Kill(Own(3));
        }
        Assert.Equal(!isLong, _surroundings.Seen.Contains("quarantined"));
    }

    private FakeWorker Own(int processId)
    {
        var worker = new FakeWorker(processId);
        _claims.Add(worker, default);
        _handOver.Look();
        Assert.True(_table.Accept(worker.LastOffer.Epoch, slot: 3));
        _handOver.Look();
        return worker;
    }

    private void Kill(FakeWorker worker)
    {
        worker.IsDead = true;
        _table.Alive.Remove(3);
        _handOver.Look();
    }

    private async Task RequirePassedOverAsync(string problem, Func<FindMeRequest, EtsSuccessor?> choose)
    {
        await LookWithRuleAsync(choose);
        Assert.Equal(1, Chosen());
        Assert.Contains(_surroundings.Seen, seen => seen.StartsWith("rule failed", StringComparison.Ordinal) && seen.Contains(problem, StringComparison.Ordinal));
        Assert.Single(_surroundings.Seen, "asked the rule");
    }

    private async Task LookWithRuleAsync(Func<FindMeRequest, EtsSuccessor?> choose)
    {
        _surroundings.Rule = new FunctionRule(choose);
        Assert.Null(_handOver.Look());
        Assert.Null(Chosen());
        Assert.True(await _surroundings.Answered.WaitAsync(Patience));
        _handOver.Look();
    }

    private int? Chosen() => Workers.SingleOrDefault(worker => worker.Offers.Count > 0)?.ProcessId;
}
