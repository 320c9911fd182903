using EtsPersist.Mmf.Manager.CommandLine.Output;

namespace EtsPersist.Mmf.Manager.Hosting;

/// <summary>The one line on standard output that says that the manager serves: scripts wait for it.</summary>
internal sealed class ReadyLine(TextWriter output, bool isJson)
{
    public bool IsJson => isJson;

    public void Write(InstanceDirectory directory)
    {
        if (isJson)
        {
            JsonOutput.WriteLine(output, json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("ready", true);
                json.WriteString("instance", directory.Instance);
                json.WriteString("dir", directory.Root);
                json.WriteNumber("pid", Environment.ProcessId);
                json.WriteEndObject();
            });
        }
        else
        {
            output.WriteLine($"ready instance={directory.Instance} dir={directory.Root} pid={Environment.ProcessId}");
        }
        output.Flush();
    }
}
