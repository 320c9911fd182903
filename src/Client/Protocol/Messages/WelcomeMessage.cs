namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>The answer to a hello.</summary>
/// <param name="Version">The version that both speak from now on.</param>
/// <param name="Instance">The manager's instance.</param>
/// <param name="ManagerEpoch">Differs between two managers of an instance; later ones are higher.</param>
/// <param name="ManagerProcessId">The manager's process, as it sees itself.</param>
/// <param name="ManagerVersion">The manager's program version, for display.</param>
internal sealed record WelcomeMessage(
    byte Version,
    string Instance,
    ulong ManagerEpoch,
    int ManagerProcessId,
    string ManagerVersion) : IMessage<WelcomeMessage>
{
    public static MessageType Type => MessageType.Welcome;

    public static int FieldCount => 6;

    /// <summary>How often the manager wants to hear from a worker, or 0.</summary>
    public long HeartbeatMilliseconds { get; init; }

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteUInt64(Version);
        writer.WriteString(Instance);
        writer.WriteUInt64(ManagerEpoch);
        writer.WriteInt64(ManagerProcessId);
        writer.WriteString(ManagerVersion);
        writer.WriteInt64(HeartbeatMilliseconds);
    }

    public static WelcomeMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadByte(),
        reader.ReadText(),
        reader.ReadUInt64(),
        reader.ReadInt32(),
        reader.ReadText())
    {
        HeartbeatMilliseconds = reader.HasMore ? reader.ReadInt64() : 0,
    };
}
