namespace Accounts;

/// <summary>A row: a record is stored by the position of its members, and may gain members at the end.</summary>
public sealed record Account(long Balance);
