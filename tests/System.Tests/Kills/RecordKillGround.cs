namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>A ground whose rows are records of all lengths.</summary>
public sealed class RecordKillGround() : KillGround("main");
