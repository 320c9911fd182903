using System.Text.Json;

namespace EtsPersist.Mmf.Manager.Tests.Tables;

public sealed class DroppedTableTests
{
    [Fact]
    public async Task A_drop_is_an_event()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var ground = new DirectoryGround())
            {
                ground.OpenEventFile(path);
                await ground.CreateAsync("accounts");
                await ground.DropAsync("accounts");
            }
            var told = JsonDocument.Parse(Assert.Single(File.ReadAllLines(path))).RootElement;
            Assert.Equal(("dropped", "accounts"), (told.GetProperty("event").GetString(), told.GetProperty("table").GetString()));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
