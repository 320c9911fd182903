namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>A worker as a hand-over sees it.</summary>
internal interface IClaimant
{
    string Role { get; }

    int Priority { get; }

    ulong WorkerId { get; }

    IOwnerProcess Process { get; }
}
