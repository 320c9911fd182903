namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>Why nobody can notice a mutation. There are no other reasons, and each is verified at every occurrence.</summary>
internal enum Explanation
{
    /// <summary>The file is as the unchanged engine leaves it, too: what was not stored, or too early, was there already.</summary>
    Idempotent,

    /// <summary>Other words are affected only that nobody reads but to display them.</summary>
    Diagnostic,

    /// <summary>
    /// Nothing leads to the words that are different at that moment: recovery and further work from there and from what the unchanged engine leaves come
    /// to the same file, but for these words.
    /// </summary>
    Unpublished,
}
