using LibTorch.Tests.Parity;

namespace LibTorch.Tests;

/// <summary>A fact that asks PyTorch, and is skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PyTorchFactAttribute : FactAttribute
{
    public PyTorchFactAttribute() => Skip = ParityScript.ReasonToSkip;
}
