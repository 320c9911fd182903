using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>Has code compiled before its first use, where that is no time to compile.</summary>
internal static class CodeAhead
{
    private const BindingFlags All =
        BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Compiles the methods of a type, those aside that have type parameters of their own.</summary>
    public static void Compile(Type type)
    {
        RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        var arguments = Array.ConvertAll(type.GetGenericArguments(), argument => argument.TypeHandle);
        foreach (var method in type.GetMethods(All))
        {
            if (method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
                Marshal.Prelink(method);
            else if (!method.IsAbstract && !method.IsGenericMethodDefinition)
                RuntimeHelpers.PrepareMethod(method.MethodHandle, arguments);
        }
    }
}
