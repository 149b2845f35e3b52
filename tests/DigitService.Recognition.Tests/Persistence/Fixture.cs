namespace DigitService.Recognition.Tests.Persistence;

/// <summary>The checkpoints that PyTorch made, and what it says is in them; see make_pth_fixtures.py.</summary>
internal static class Fixture
{
    internal static string Path(string name) =>
        System.IO.Path.Combine(AppContext.BaseDirectory, "Persistence", "Fixtures", name);

    internal static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));
}
