using Accounts;
using EtsPersist.Mmf;

try
{
    await (args is ["read"] ? Reader.RunAsync() : Worker.RunAsync());
    return 0;
}
catch (EtsException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
