namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>A worker as a hand-over sees it.</summary>
internal interface IClaimant
{
    string Role { get; }

    IOwnerProcess Process { get; }

    /// <summary>Tells the worker that the table is offered to it. Does not block; a worker that cannot be told is one that does not accept.</summary>
    void Offer(in Offer offer);
}
