using static EtsPersist.Mmf.Client.Tests.CodecCheck;

namespace EtsPersist.Mmf.Client.Tests;

public sealed class RecordCodecTests
{
    [Fact]
    public void A_record_is_an_array_with_its_members_in_the_constructors_order()
    {
        Assert.Equal("93a5616c69636505c3", Hex(Codecs.ForValue<Account>(), new Account("alice", 5, true)));
        Assert.Equal("Account { 1 Name: string, 2 Balance: int64, 3 Open: bool }", Codecs.ForValue<Account>().Schema.ToString());
        ComesBack(new Account("alice", long.MinValue, false));
    }

    [Fact]
    public void Every_kind_of_member_comes_back()
    {
        var all = new Everything(1, -2, 3, -4, 5, 6, -7, 8, Int128.MinValue, UInt128.MaxValue, (Half)1.5, 2.5f, 3.5, 1.00m, 'x')
        {
            Yes = true,
            Id = Guid.NewGuid(),
            At = new DateTime(2026, 11, 22, 3, 4, 5, 678, DateTimeKind.Utc).AddTicks(9),
            Moment = new DateTimeOffset(2026, 11, 22, 3, 4, 5, TimeSpan.FromHours(-8)),
            Span = TimeSpan.FromTicks(-5),
            Date = DateOnly.MaxValue,
            Time = TimeOnly.MaxValue,
            Day = DayOfWeek.Friday,
            Text = "text",
            Absent = null,
            Data = [1, 2, 3],
            Memory = new byte[] { 4, 5 },
            Numbers = [1, 2, 3],
            Words = ["a", null, "c"],
            Map = new Dictionary<string, int> { ["one"] = 1 },
            Maybe = 5,
            Never = null,
            Inner = new Account("in", 1, true),
            Place = new Place(1, 2),
            Pair = (7, "seven"),
            Entry = new KeyValuePair<int, string>(1, "one"),
        };
        var read = RoundTrip(Codecs.ForValue<Everything>(), all);
        Assert.Equivalent(all, read, strict: true);
        Assert.Equal(all.Moment.Offset, read.Moment.Offset);
    }

    [Fact]
    public void A_class_with_properties_is_stored_in_the_order_of_their_declaration_after_those_of_its_base()
    {
        Assert.Equal("Dog { 1 Name: string, 2 Age: int32, 3 Tricks: [string] }", Codecs.ForValue<Dog>().Schema.ToString());
        var read = RoundTrip(Codecs.ForValue<Dog>(), new Dog { Name = "Rex", Age = 3, Tricks = ["sit"] });
        Assert.Equal(("Rex", 3, "sit"), (read.Name, read.Age, read.Tricks![0]));
    }

    [Fact]
    public void Attributes_move_members_and_leave_them_out()
    {
        Assert.Equal("Moved { 1 Second: int32, 2 First: int32 }", Codecs.ForValue<Moved>().Schema.ToString());
        var read = RoundTrip(Codecs.ForValue<Moved>(), new Moved(1, 2) { Cache = 9 });
        Assert.Equal((1, 2, 0), (read.First, read.Second, read.Cache));
        Assert.Contains("run from 1 without gaps", Assert.Throws<UnsupportedTypeException>(
            () => Codecs.ForValue<Gaps>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_maps_and_nullables_are_rows_too()
    {
        Assert.Equal(new List<string> { "a", "b" }, RoundTrip(Codecs.ForValue<List<string>>(), ["a", "b"]));
        Assert.Equal([1, 2], RoundTrip(Codecs.ForValue<int[]>(), [1, 2]));
        Assert.Null(RoundTrip(Codecs.ForValue<int?>(), null));
        Assert.Equal(5, RoundTrip(Codecs.ForValue<int?>(), 5));
    }

    [Fact]
    public void A_type_may_contain_itself()
    {
        var tree = new Tree("root", [new Tree("leaf", null), new Tree("branch", [new Tree("leaf", [])])]);
        Assert.Equivalent(tree, RoundTrip(Codecs.ForValue<Tree>(), tree), strict: true);
        Assert.Equal("Tree { 1 Name: string, 2 Children: [^Tree] }", Codecs.ForValue<Tree>().Schema.ToString());
    }

    [Fact]
    public void A_value_that_contains_itself_is_refused_and_the_process_lives()
    {
        var tree = new Tree("root", []);
        tree.Children!.Add(tree);
        Assert.Throws<ValueTooLargeException>(() => Codecs.ForValue<Tree>().MaxSize(tree));
        Assert.Throws<ValueTooLargeException>(() => Codecs.ForValue<Tree>().Encode(tree, new byte[10_000]));
    }

    [Fact]
    public void A_derived_object_is_refused_because_its_members_would_be_lost() =>
        Assert.Throws<UnsupportedTypeException>(() => ValueBytes<Animal>(new Dog { Name = "Rex" }));

    [Fact]
    public void A_member_that_cannot_be_stored_is_named_with_its_type_and_a_remedy()
    {
        var error = Assert.Throws<UnsupportedTypeException>(() => Codecs.ForValue<WithStream>());
        Assert.Contains("member Stream of", error.Message, StringComparison.Ordinal);
        Assert.Contains("WithStream", error.Message, StringComparison.Ordinal);
        Assert.Contains("System.IO.Stream", error.Message, StringComparison.Ordinal);
        Assert.Contains("[EtsIgnore]", error.Message, StringComparison.Ordinal);
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForValue<object>());
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForValue<IDisposable>());
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForValue<Action>());
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForValue<nint>());
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForValue<Uri>());
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForValue<Hidden>());
    }

    [Fact]
    public void Any_bytes_give_a_value_or_the_typed_error()
    {
        SurvivesAnyBytes(Codecs.ForValue<Account>(), new Account("alice", 5, true), 1);
        SurvivesAnyBytes(Codecs.ForValue<Tree>(), new Tree("a", [new Tree("b", null)]), 2);
        SurvivesAnyBytes(Codecs.ForValue<Dictionary<string, DateTimeOffset>>(), new() { ["a"] = DateTimeOffset.UnixEpoch }, 3);
        SurvivesAnyBytes(
            Codecs.ForValue<Money>(),
            new Money(1.5m, DateOnly.MaxValue, TimeOnly.MaxValue, DateTimeOffset.MaxValue, Guid.Empty), 4);
    }

    [Fact]
    public void A_row_that_nests_without_end_is_refused_and_the_process_lives()
    {
        var bytes = new byte[100_000];
        for (var offset = 0; offset + 3 <= bytes.Length; offset += 3)
            (bytes[offset], bytes[offset + 1], bytes[offset + 2]) = (0x92, 0xa0, 0x91);
        Assert.Throws<RowFormatException>(() => Codecs.ForValue<Tree>().Decode(bytes));
    }

    [Fact]
    public void Nil_is_no_row() => Assert.Throws<RowFormatException>(() => Codecs.ForValue<Account>().Decode([0xc0]));

    private sealed record Account(string Name, long Balance, bool Open);

    private sealed record Everything(
        byte A, sbyte B, ushort C, short D, uint E, ulong F, int G, long H, Int128 I, UInt128 J,
        Half K, float L, double M, decimal N, char O)
    {
        public bool Yes { get; init; }

        public Guid Id { get; init; }

        public DateTime At { get; init; }

        public DateTimeOffset Moment { get; init; }

        public TimeSpan Span { get; init; }

        public DateOnly Date { get; init; }

        public TimeOnly Time { get; init; }

        public DayOfWeek Day { get; init; }

        public string? Text { get; init; }

        public string? Absent { get; init; }

        public byte[]? Data { get; init; }

        public ReadOnlyMemory<byte> Memory { get; init; }

        public int[]? Numbers { get; init; }

        public List<string?>? Words { get; init; }

        public Dictionary<string, int>? Map { get; init; }

        public int? Maybe { get; init; }

        public int? Never { get; init; }

        public Account? Inner { get; init; }

        public Place Place { get; init; }

        public (int, string) Pair { get; init; }

        public KeyValuePair<int, string> Entry { get; init; }

        public int Computed => A + 1;
    }

    private readonly record struct Place(int X, int Y);

    private sealed record Tree(string Name, List<Tree>? Children);

    private sealed record Money(decimal Amount, DateOnly Date, TimeOnly Time, DateTimeOffset At, Guid Id);

    private class Animal
    {
        public string? Name { get; set; }
    }

    private sealed class Dog : Animal
    {
        public int Age { get; set; }

        public List<string>? Tricks { get; set; }
    }

    private sealed record Moved([property: EtsMember(2)] int First, [EtsMember(1)] int Second)
    {
        [EtsIgnore]
        public int Cache { get; set; }
    }

    private sealed record Gaps([EtsMember(1)] int First, [EtsMember(3)] int Second);

    private sealed record WithStream(int Id, Stream Stream);

    private sealed class Hidden
    {
        public int Value { get; } = 1;
    }
}
