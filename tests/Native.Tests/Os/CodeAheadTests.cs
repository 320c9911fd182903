using System.Runtime;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

public sealed class CodeAheadTests
{
    [Fact]
    public void What_was_compiled_ahead_is_not_compiled_at_its_first_use()
    {
        CodeAhead.Compile(typeof(Ahead<int>));
        Assert.Equal(0, CompiledBy(() => Ahead<int>.Twice(21)));
        Assert.NotEqual(0, CompiledBy(() => Late.Twice(21)));
    }

    private static long CompiledBy(Func<int> use)
    {
        RuntimeHelpers.PrepareDelegate(use);
        var before = JitInfo.GetCompiledMethodCount(currentThread: true);
        var answer = use();
        var compiled = JitInfo.GetCompiledMethodCount(currentThread: true) - before;
        Assert.Equal(42, answer);
        return compiled;
    }

    private static class Ahead<T>
    {
        private static readonly int Factor = int.Parse("2", null);

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static int Twice(int number) => Factor * number;
    }

    private static class Late
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static int Twice(int number) => 2 * number;
    }
}
