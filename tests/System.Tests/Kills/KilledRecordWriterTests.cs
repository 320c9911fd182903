using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Kills;

[Collection(ProcessTests.Name)]
public sealed class KilledRecordWriterTests(RecordKillGround ground, ITestOutputHelper output)
    : KilledWriterTests<RecordKillGround>(ground, output), IClassFixture<RecordKillGround>;
