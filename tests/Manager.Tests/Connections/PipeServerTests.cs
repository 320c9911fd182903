namespace EtsPersist.Mmf.Manager.Tests.Connections;

public sealed class PipeServerTests
{
    [LinuxFact("pipes with a place in the file system")]
    public async Task Where_no_listener_can_be_made_for_the_next_client_this_one_is_given_up_and_the_next_is_served()
    {
        await using var server = BareServer.Start();
        var pipe = server.Directory.PipeName;
        File.Move(pipe, pipe + "2"); // it listens there as before; but what it makes for the next one has no place whose permissions could be set
        await using var givenUp = await RawClient.ConnectAsync(pipe + "2");
        Assert.Null(await givenUp.ReadAsync());
        Assert.IsType<FileNotFoundException>(Assert.Single(server.Logger.Logged, logged => logged.Name == nameof(Log.AcceptFailed)).Error);

        await using var next = await RawClient.ConnectAsync(pipe);
        await next.GreetAsync();
        await using var another = await RawClient.ConnectAsync(pipe);
        await another.GreetAsync();
    }
}
