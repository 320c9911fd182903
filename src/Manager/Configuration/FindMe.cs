namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>The rule that names a table's next owner among the registered workers of a role.</summary>
/// <param name="Role">The role.</param>
/// <param name="Rule">A rule of the manager's own.</param>
/// <param name="Command">A program that chooses in its place, or null.</param>
internal sealed record FindMe(string Role, FindMeRule Rule = FindMeRule.Oldest, FindMeCommand? Command = null);
