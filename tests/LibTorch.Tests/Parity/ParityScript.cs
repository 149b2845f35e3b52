namespace LibTorch.Tests.Parity;

/// <summary>The Python scripts that made the fixtures, and what they made.</summary>
internal static class ParityScript
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Parity");

    internal static string Fixture(string name) => Path.Combine(Folder, "Fixtures", name);

    /// <summary>Runs a script, which writes its fixtures into a folder that exists. A failure of it is the test's.</summary>
    internal static void Regenerate(string script, string outputFolder) =>
        PyTorchFactAttribute.Run(Path.Combine(Folder, script), outputFolder);
}
