using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>A number as it crosses to native code (native/scalar.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ScalarValue(long integer, double real, ScalarKind kind)
{
    internal readonly long Integer = integer;
    internal readonly double Real = real;
    internal readonly ScalarKind Kind = kind;

    internal double ToDouble() => Kind == ScalarKind.Real ? Real : Integer;
}

internal enum ScalarKind
{
    Real = 0,
    Integer = 1,
    Boolean = 2,
}
