namespace DigitService.PyTorchTests;

/// <summary>A fact that asks PyTorch itself, and is skipped only where Python has no PyTorch.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PyTorchFactAttribute : FactAttribute
{
    private static readonly PythonProgram _python = new("torch");

    /// <summary>Marks a fact, skipped with the reason where it cannot run.</summary>
    public PyTorchFactAttribute()
    {
        if (!_python.IsThere)
        {
            Skip = "No python3 here can import torch (on Debian: apt-get install python3-torch).";
        }
    }

    /// <summary>Runs a Python script and returns what it prints; a failure of the script is the test's.</summary>
    internal static string Run(string script, params string[] arguments) => _python.Run(script, arguments);
}
