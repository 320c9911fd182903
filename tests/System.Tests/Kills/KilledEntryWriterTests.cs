using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Kills;

[Collection(ProcessTests.Name)]
public sealed class KilledEntryWriterTests(EntryKillGround ground, ITestOutputHelper output)
    : KilledWriterTests<EntryKillGround>(ground, output), IClassFixture<EntryKillGround>;
