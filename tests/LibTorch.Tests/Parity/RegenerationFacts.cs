using System.Text.Json;

namespace LibTorch.Tests.Parity;

/// <summary>The committed fixtures are what PyTorch says today.</summary>
public sealed class RegenerationFacts : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parity");

    public void Dispose() => _folder.Delete(recursive: true);

    [PyTorchFact]
    public void OperatorFixturesAreUpToDate() => CompareWithFreshOnes("operator_fixtures.py", "operators.json");

    [PyTorchFact]
    public void OptimiserFixturesAreUpToDate() => CompareWithFreshOnes("optim_fixtures.py", "optim.json");

    private void CompareWithFreshOnes(string script, string name)
    {
        ParityScript.Regenerate(script, _folder.FullName);
        using var committed = Read(ParityScript.Fixture(name));
        using var fresh = Read(Path.Combine(_folder.FullName, name));

        var differences = FixtureComparison.Compare(committed.RootElement, fresh.RootElement).ToList();

        Assert.True(
            differences.Count == 0, $"{differences.Count} differences:\n{string.Join('\n', differences.Take(20))}");
    }

    private static JsonDocument Read(string path)
    {
        using var file = File.OpenRead(path);
        return JsonDocument.Parse(file);
    }
}
