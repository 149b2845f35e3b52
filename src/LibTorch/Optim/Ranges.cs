using System.Runtime.CompilerServices;

namespace TorchSharp.Modules;

/// <summary>The checks of options that optimisers share.</summary>
internal static class Ranges
{
    internal static void AtLeastZero(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} must be at least 0; it is {value}."));
        }
    }

    /// <summary>A decay rate of 1 would never forget, and its bias correction divides by zero.</summary>
    internal static void DecayRate(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value is < 0 or >= 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} must be in [0, 1); it is {value}."));
        }
    }
}
