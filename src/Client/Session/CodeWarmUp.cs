using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Session;

/// <summary>
/// Compiles ahead what would else be compiled in the middle of a hand-over, where it takes many times as long as the hand-over itself. Nothing
/// is run, so nothing has to be undone. Threads: any; meant for one in the background. Failure: none; what cannot be prepared is compiled later.
/// </summary>
internal static class CodeWarmUp
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Lazy<bool> Engine = new(() =>
    {
        Prepare(typeof(TableFile).Assembly);
        Prepare(typeof(CodeWarmUp).Assembly);
        return true;
    });

    /// <summary>Prepares the engine and the session; once in a process.</summary>
    public static void PrepareEngine() => _ = Engine.Value;

    /// <summary>Prepares every type of an assembly, as far as it is not generic over types of its users.</summary>
    public static void Prepare(Assembly assembly)
    {
        var types = assembly.GetTypes();
        foreach (var type in types)
        {
            if (type.IsInterface || type.IsAssignableTo(typeof(Exception))) continue;
            if (!type.ContainsGenericParameters)
            {
                Prepare(type);
                continue;
            }
            foreach (var arguments in Instantiations(types, type.GetGenericArguments())) Attempt(() => Prepare(type.MakeGenericType(arguments)));
        }
    }

    /// <summary>Prepares every method that some types declare.</summary>
    public static void Prepare(params ReadOnlySpan<Type> types)
    {
        foreach (var type in types)
        {
            foreach (var method in type.GetMethods(All)) Prepare(type, method);
            foreach (var constructor in type.GetConstructors(All)) Prepare(type, constructor);
        }
    }

    private static void Prepare(Type type, MethodBase method)
    {
        if (method.IsAbstract || method.GetMethodImplementationFlags().HasFlag(MethodImplAttributes.InternalCall)) return;
        if (method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
        {
            Attempt(() => Marshal.Prelink((MethodInfo)method));
            return;
        }
        var outer = type.GetGenericArguments();
        Type[][] inner = method.IsGenericMethodDefinition ? Instantiations(type.Assembly.GetTypes(), method.GetGenericArguments()) : [[]];
        foreach (var arguments in inner)
        {
            RuntimeTypeHandle[] handles = [.. outer.Concat(arguments).Select(argument => argument.TypeHandle)];
            Attempt(() => RuntimeHelpers.PrepareMethod(method.MethodHandle, handles));
        }
    }

    /// <summary>What the generic code is really used with: all value types of the assembly that the constraints admit; none where a parameter has none.</summary>
    private static Type[][] Instantiations(Type[] types, Type[] parameters)
    {
        Type[][] found = [[]];
        foreach (var parameter in parameters)
        {
            var constraint = Array.Find(parameter.GetGenericParameterConstraints(), candidate => candidate is { IsInterface: true, IsGenericType: false });
            var admitted = constraint is null ? [] : Array.FindAll(types, type => type.IsValueType && !type.ContainsGenericParameters && constraint.IsAssignableFrom(type));
            found = [.. from sofar in found from type in admitted select (Type[])[.. sofar, type]];
        }
        return found;
    }

    private static void Attempt(Action prepare)
    {
        try
        {
            prepare();
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or InvalidOperationException or TypeLoadException or EntryPointNotFoundException
            or DllNotFoundException or MarshalDirectiveException)
        {
            // Not to be had beforehand, such as code for another system.
        }
    }
}
