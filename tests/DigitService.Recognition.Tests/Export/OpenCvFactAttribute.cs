namespace DigitService.Recognition.Tests.Export;

/// <summary>A fact that asks OpenCV's engine for ONNX, and is skipped only where Python has no OpenCV.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenCvFactAttribute : FactAttribute
{
    private static readonly PythonProgram _python = new("cv2");

    /// <summary>Marks a fact, skipped with the reason where it cannot run.</summary>
    public OpenCvFactAttribute()
    {
        if (!_python.IsThere)
        {
            Skip = "No python3 here can import cv2 (on Debian: apt-get install python3-opencv).";
        }
    }

    /// <summary>Runs a Python script and returns what it prints; a failure of the script is the test's.</summary>
    internal static string Run(string script, params string[] arguments) => _python.Run(script, arguments);
}
