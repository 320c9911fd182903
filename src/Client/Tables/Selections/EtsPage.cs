namespace EtsPersist.Mmf;

/// <summary>A part of a selection. ETS: what <c>select/3</c> and <c>select/1</c> return.</summary>
/// <param name="Rows">
/// The rows: as many as were asked for, or fewer at the end. In a bag the rows of a key stay together, so there may be more.
/// </param>
/// <param name="Continuation">Where the next page begins, or null where there is none; the page behind it may turn out to be empty.</param>
/// <typeparam name="TRow">The type of the rows.</typeparam>
public sealed record EtsPage<TRow>(IReadOnlyList<TRow> Rows, EtsContinuation? Continuation);
