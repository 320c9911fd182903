using EtsPersist.Mmf.Peer.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace EtsPersist.Mmf.Client.Tests.Properties;

/// <summary>Random programs have the same answers from a table as from a model, for each kind and access, by its owner and by others.</summary>
public sealed class RandomProgramTests
{
    public static TheoryData<TableKind, TableAccess> KindsAndAccesses()
    {
        var data = new TheoryData<TableKind, TableAccess>();
        foreach (var kind in Enum.GetValues<TableKind>())
        {
            foreach (var access in Enum.GetValues<TableAccess>()) data.Add(kind, access);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(KindsAndAccesses))]
    public void A_table_answers_as_the_model_does(TableKind kind, TableAccess access) => Check.One(
        PropertySettings.Config.WithName($"{kind}, {access}"),
        Prop.ForAll(new Steps(kind).Programs(PropertySettings.MostSteps), program => Run(kind, access, program)));

    private static void Run(TableKind kind, TableAccess access, Step[] program)
    {
        using var tables = new TypedTables(access, kind);
        using var owner = tables.OwnRows<Peer.Programs.Item>();
        using var other = tables.OpenRows<Peer.Programs.Item>();
        var model = new ModelItems(kind);
        var (ownerItems, otherItems) = (new TableItems(owner), new TableItems(other));
        for (var index = 0; index < program.Length; index++)
        {
            var step = program[index];
            var refusals = Refusals(kind, access, step);
            string[] expected = refusals.Length > 0 ? refusals : [step.AnswerOf(model)];
            var got = step.AnswerOf(step.ByOther ? otherItems : ownerItems);
            Assert.True(expected.Contains(got), $"Step {index + 1} of {program.Length}, {step}: expected {string.Join(" or ", expected)}, got {got}.");
        }
    }

    /// <summary>
    /// What those are told who lack the right, before anything else is looked at; none for the others. Where the kind forbids the operation as well, which
    /// it does whatever the table has in it, they may be told that; and where they may not even read, that.
    /// </summary>
    private static string[] Refusals(TableKind kind, TableAccess access, Step step)
    {
        var sufficient = access switch { TableAccess.Public => Right.Write, TableAccess.Protected => Right.Read, _ => Right.None };
        if (!step.ByOther || step.Right <= sufficient) return [];
        var refusals = new List<string>();
        if (step.Right == Right.Write) refusals.Add(nameof(NotOwnerException));
        if (access == TableAccess.Private) refusals.Add(nameof(TableAccessException));
        if (step.AnswerOf(new ModelItems(kind)) == nameof(TableKindException)) refusals.Add(nameof(TableKindException));
        return [.. refusals];
    }
}
