using EtsPersist.Mmf.Manager.Choosing;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

/// <summary>A rule that the test makes up.</summary>
internal sealed class FunctionRule(Func<FindMeRequest, EtsSuccessor?> choose) : IFindMeRule
{
    public ValueTask<EtsSuccessor?> ChooseAsync(FindMeRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(choose(request));
}
