using System.Runtime.CompilerServices;

namespace EtsPersist.Mmf.Native.Engine.Operations;

/// <summary>Room for a counter's value.</summary>
[InlineArray(sizeof(long))]
internal struct CounterBytes
{
    private byte _first;
}
