namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>One operation of a history: what it should do, when it began and ended, and what it answered.</summary>
internal sealed class Operation(string name, Effect effect)
{
    public string Name { get; } = name;

    public Effect Effect { get; } = effect;

    /// <summary>Whether it changes nothing, whatever the rows are.</summary>
    public bool IsRead { get; init; }

    /// <summary>Before this moment nobody could notice it.</summary>
    public int Invoked { get; set; } = -1;

    /// <summary>From this moment on its answer was known; never for one that was killed.</summary>
    public int Responded { get; set; } = int.MaxValue;

    public long? Answer { get; set; }

    public bool IsComplete => Responded != int.MaxValue;

    /// <summary>A read that has been made.</summary>
    public static Operation Read(char key, long? answer, int invoked, int responded) =>
        new($"read {key}", rows => (rows, rows[key])) { IsRead = true, Invoked = invoked, Responded = responded, Answer = answer };

    public override string ToString() =>
        $"[{Invoked}, {(IsComplete ? Responded : "killed")}] {Name}{(IsComplete && Answer is { } answer ? $" -> {answer}" : "")}";
}
