using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Tests.Processes;

namespace DigitService.Recognition.Tests.Models;

/// <summary>A model's folder in the hands of a person with an editor, beside a healthy one.</summary>
public sealed class EditedModelFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRegistry _registry;
    private readonly string _edited;
    private readonly string _healthy;

    public EditedModelFacts()
    {
        _registry = new ModelRegistry(_folder.File("models"), new ManualTime());
        _edited = Register();
        _healthy = Register();
        _registry.Activate(_healthy);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{", "", "not JSON")]
    [InlineData("\"accuracy\": 0.99,", "\"accuracy\": 0.99", "line 14")]
    [InlineData("\"accuracy\": 0.99", "\"accuracy\": \"high\"", "'accuracy' (line 13)")]
    [InlineData("\"accuracy\": 0.99", "\"accuracy\": 1e999", "'accuracy' (line 13)")]
    [InlineData("\"accuracy\": 0.99", "\"accuracy\": NaN", "line 13")]
    [InlineData("\"accuracy\": 0.99", "\"accuracy\": 99", "accuracy is 99, not 0 to 1")]
    [InlineData("\"accuracy\": 0.99", "\"accuracy\": 0.99, \"accuracy\": 1", "'accuracy'")]
    [InlineData("\"network\": \"cnn\"", "\"network\": \"cnnn\"", "network is 'cnnn'")]
    [InlineData("\"network\": \"cnn\"", "\"network\": null", "'network'")]
    [InlineData("\"network\": \"cnn\",", "", "the field 'network' is missing")]
    [InlineData("\"normalization\": \"mnist\"", "\"normalization\": \"none\"", "'normalization'")]
    [InlineData("\"normalization\": \"mnist\"", "\"normalization\": 1", "'normalization'")]
    [InlineData("\"version\": 1", "\"version\": 2", "this program reads version 1")]
    [InlineData("\"id\": \"", "\"id\": \"x", "id is 'x20261121-081500-cnn'")]
    [InlineData("\"createdAt\": \"2026", "\"createdAt\": \"tomorrow", "'createdAt'")]
    [InlineData("\"torch\": \"test\",", "", "'versions'")]
    [InlineData("\"sha256\": \"", "\"sha256\": \"x", "sha256 is not 64")]
    [InlineData("\"size\": ", "\"size\": 1", "model.json says 1")]
    public void NonsenseInModelJsonIsNamedAndTheHealthyModelAnswers(string text, string replacement, string reason)
    {
        var path = PathOf("model.json");
        var content = File.ReadAllText(path);
        var edited = content.Replace(text, replacement, StringComparison.Ordinal);
        Assert.NotEqual(content, edited);
        File.WriteAllText(path, edited);
        RequireDamaged(reason);
    }

    [Fact]
    public void FilesThatAreGoneAreNamed()
    {
        File.Delete(PathOf("model.pth"));
        RequireDamaged("model.pth cannot be used: it is missing");
        File.Delete(PathOf("model.json"));
        RequireDamaged("model.json cannot be used: it is missing");
    }

    [Fact]
    public void OtherThingsInTheFilesPlacesAreNamed()
    {
        File.WriteAllBytes(PathOf("model.json"), [0xff, 0x00, 0xfe]);
        RequireDamaged("not JSON");
        File.WriteAllText(PathOf("model.json"), "[1, 2]");
        RequireDamaged("a JSON Array, not an object");
        File.WriteAllText(PathOf("model.json"), "");
        RequireDamaged("not JSON");
        File.Delete(PathOf("model.json"));
        Directory.CreateDirectory(PathOf("model.json"));
        RequireDamaged("model.json cannot be used");
    }

    [Fact]
    public void WeightsThatWereCutOffAreSeenInTheList()
    {
        using (var file = File.OpenWrite(PathOf("model.pth")))
        {
            file.SetLength(file.Length / 2);
        }

        RequireDamaged("bytes; model.json says");
    }

    [Fact]
    public void WeightsThatCannotBeOpenedAreNamedWithTheReason()
    {
        // Windows keeps others from the file, and so does .NET where the operating system does not.
        using var held = new FileStream(PathOf("model.pth"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        foreach (var use in new Action[]
        {
            () => _registry.Load(_edited), () => _registry.OpenWeights(_edited), () => _registry.Activate(_edited),
        })
        {
            var error = Assert.Throws<DamagedEntryException>(use).Message;
            Assert.StartsWith($"models/{_edited}/model.pth cannot be used: ", error, StringComparison.Ordinal);
            Assert.DoesNotContain(_registry.Folder, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WeightsOfWhichABitWasChangedAreNotLoadedOrActivated()
    {
        var content = File.ReadAllBytes(PathOf("model.pth"));
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(PathOf("model.pth"), content);
        foreach (var use in new Action[]
        {
            () => _registry.Load(_edited), () => _registry.OpenWeights(_edited), () => _registry.Activate(_edited),
        })
        {
            Assert.Contains("SHA-256", Assert.Throws<DamagedEntryException>(use).Message, StringComparison.Ordinal);
        }

        Assert.Equal(_healthy, _registry.GetActiveId());
    }

    [Fact]
    public void FieldsThatAreNotKnownAreLeftAside()
    {
        var path = PathOf("model.json");
        File.WriteAllText(path, "\uFEFF" + File.ReadAllText(path).Replace("\"size\"", "\"note\": {\"a\": [1]}, \"size\"", StringComparison.Ordinal));
        Assert.Equal(_edited, _registry.Get(_edited).Id);
    }

    [Fact]
    public void AFolderWithAStrangeNameIsShownAndHarmsNothing()
    {
        Directory.CreateDirectory(Path.Combine(_registry.Folder, "my model"));
        Directory.CreateDirectory(Path.Combine(_registry.Folder, "empty"));
        File.WriteAllText(Path.Combine(_registry.Folder, "notes.txt"), "mine");
        Assert.Equal([_edited, _healthy], _registry.List().Where(entry => entry.Error is null).Select(entry => entry.Id).Order());
        Assert.Equal(["empty", "my model"], _registry.List().Where(entry => entry.Error is not null).Select(entry => entry.Id).Order());
    }

    [Fact]
    public void AnEvaluationThatIsNotJsonIsNamed()
    {
        File.WriteAllText(PathOf("evaluation.json"), "{ oops");
        Assert.Contains(
            "evaluation.json", Assert.Throws<DamagedEntryException>(() => _registry.ReadEvaluation(_edited)).Message, StringComparison.Ordinal);
        Assert.Null(_registry.ReadEvaluation(_healthy));
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{}", "the field 'id' is missing")]
    [InlineData("{\"id\": 5}", "'id' (line 1)")]
    [InlineData("{\"id\": \"../elsewhere\"}", "'../elsewhere' is not an id")]
    public void NonsenseInActiveJsonIsNamedAndMendedByActivating(string content, string reason)
    {
        File.WriteAllText(Path.Combine(_registry.Folder, "active.json"), content);
        Assert.Contains(reason, Assert.Throws<DamagedEntryException>(_registry.GetActiveId).Message, StringComparison.Ordinal);
        Assert.All(_registry.List(), entry => Assert.Equal((null, false), (entry.Error, entry.IsActive)));
        Assert.Throws<DamagedEntryException>(() => _registry.Delete(_healthy));
        _registry.Activate(_healthy);
        Assert.Equal(_healthy, _registry.GetActiveId());
    }

    [Fact]
    public void AnActiveModelWhoseFolderIsGoneIsNone()
    {
        Directory.Delete(Path.Combine(_registry.Folder, _healthy), recursive: true);
        Assert.Null(_registry.GetActiveId());
    }

    private string Register() => _registry.Register(RegistryWorker.Info("model"), RegistryWorker.WriteWeights).Id;

    private string PathOf(string file) => Path.Combine(_registry.Folder, _edited, file);

    private void RequireDamaged(string reason)
    {
        var error = Assert.Throws<DamagedEntryException>(() => _registry.Get(_edited)).Message;
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Contains(_edited, error, StringComparison.Ordinal);
        Assert.Throws<DamagedEntryException>(() => _registry.Load(_edited));
        Assert.Throws<DamagedEntryException>(() => _registry.Activate(_edited));

        var entries = new ModelRegistry(_registry.Folder).List();
        Assert.Equal([_healthy, _edited], entries.Select(entry => entry.Id));
        Assert.Equal((null, error), (entries[0].Error, entries[1].Error));
        Assert.Equal(_healthy, _registry.GetActiveId());
        _registry.OpenWeights(_healthy).Dispose();
    }
}
