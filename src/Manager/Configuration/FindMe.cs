namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>The rule that names a table's next owner among the registered workers of a role.</summary>
internal sealed record FindMe(string Role, FindMeRule Rule = FindMeRule.Oldest);
