namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>A ground whose rows, 8 bytes of key and 8 of value, lie in the buckets.</summary>
public sealed class EntryKillGround() : KillGround("#main");
