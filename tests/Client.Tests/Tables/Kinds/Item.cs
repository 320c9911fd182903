namespace EtsPersist.Mmf.Client.Tests;

/// <summary>A value with a counter and a text, for tests of every kind of table.</summary>
public sealed record Item(long Count, string Text);
