using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Tests.Processes;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Models;

public sealed class ModelRegistryFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly ModelRegistry _registry;

    public ModelRegistryFacts() => _registry = new ModelRegistry(_folder.File("models"), _time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARegisteredModelIsReadBackAsItWas()
    {
        var info = RegistryWorker.Info("mine") with
        {
            RunId = "run-1",
            Options = new TrainingOptions
            {
                Optimizer = OptimizerKind.AdamW,
                Schedule = ScheduleKind.OneCycle,
                LearningRate = 0.1 + 0.2,
                Augmentation = Augmentation.Elastic with { Rotation = 1.0 / 3 },
                TrainSize = 1_000,
                Seed = long.MaxValue,
            },
            Loss = Math.PI / 100,
            ValidationAccuracy = 0.98,
            Epochs = 4,
            DurationSeconds = 33.3,
        };
        var registered = _registry.Register(info, RegistryWorker.WriteWeights, "{\"accuracy\":1}"u8.ToArray());

        Assert.Equal("20261121-081500-cnn", registered.Id);
        Assert.Equal(_time.GetUtcNow(), registered.CreatedAt);
        Assert.Equal(info with { Id = registered.Id, CreatedAt = registered.CreatedAt, Sha256 = registered.Sha256, Size = registered.Size }, registered);
        Assert.Equal(registered, _registry.Get(registered.Id));
        Assert.Equal("{\"accuracy\":1}"u8.ToArray(), _registry.ReadEvaluation(registered.Id));
        Assert.Equal(
            ["evaluation.json", "model.json", "model.pth"],
            Directory.GetFiles(Path.Combine(_registry.Folder, registered.Id)).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void ModelJsonIsInCamelCaseAndHoldsNothingThatIsComputed()
    {
        var model = _registry.Register(RegistryWorker.Info("é+<") with { Options = new TrainingOptions() }, RegistryWorker.WriteWeights);
        var text = File.ReadAllText(Path.Combine(_registry.Folder, model.Id, "model.json"));
        Assert.Contains("\"name\": \"é+<\"", text, StringComparison.Ordinal);
        Assert.Contains("\"normalization\": \"mnist\"", text, StringComparison.Ordinal);
        Assert.Contains("\"optimizer\": \"adam\"", text, StringComparison.Ordinal);
        Assert.Contains("\"createdAt\": \"2026-11-21T08:15:00+00:00\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("isNone", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelsAreListedNewestFirst()
    {
        var ids = Enumerable.Range(0, 3).Select(_ => Register()).ToList();
        Assert.Equal(["20261121-081500-cnn", "20261121-081500-cnn-2", "20261121-081500-cnn-3"], ids);
        _time.Advance(seconds: 1);
        ids.Add(Register());
        Assert.Equal(Enumerable.Reverse(ids), _registry.List().Select(entry => entry.Id));
    }

    [Fact]
    public void AFolderThatIsNotThereHasNoModels()
    {
        Assert.Empty(_registry.List());
        Assert.Null(_registry.GetActiveId());
        Assert.False(Directory.Exists(_registry.Folder));
    }

    [Fact]
    public void TheActiveModelIsNotDeletedAndAnyOtherIs()
    {
        var (first, second) = (Register(), Register());
        _registry.Activate(first);
        Assert.Equal(first, _registry.GetActiveId());
        Assert.Equal(first, _registry.List().Single(entry => entry.IsActive).Id);
        var error = Assert.Throws<EntryConflictException>(() => _registry.Delete(first));
        Assert.Contains("active", error.Message, StringComparison.Ordinal);

        _registry.Activate(second);
        _registry.Delete(first);
        Assert.Equal(second, Assert.Single(_registry.List()).Id);
        Assert.False(Directory.Exists(Path.Combine(_registry.Folder, first)));
    }

    [Fact]
    public void AnUnknownIdIsNotFound()
    {
        Register();
        Assert.Contains("no model other", Assert.Throws<EntryNotFoundException>(() => _registry.Get("other")).Message, StringComparison.Ordinal);
        Assert.Throws<EntryNotFoundException>(() => _registry.Load("other"));
        Assert.Throws<EntryNotFoundException>(() => _registry.OpenWeights("other"));
        Assert.Throws<EntryNotFoundException>(() => _registry.ReadEvaluation("other"));
        Assert.Throws<EntryNotFoundException>(() => _registry.Activate("other"));
        Assert.Throws<EntryNotFoundException>(() => _registry.Delete("other"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../models")]
    [InlineData(".lock")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a\0")]
    [InlineData("é")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void WhatIsNoIdNeverReachesTheFileSystem(string id)
    {
        Register();
        Assert.Contains("not an id", Assert.Throws<InvalidInputException>(() => _registry.Get(id)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidInputException>(() => _registry.Load(id));
        Assert.Throws<InvalidInputException>(() => _registry.OpenWeights(id));
        Assert.Throws<InvalidInputException>(() => _registry.ReadEvaluation(id));
        Assert.Throws<InvalidInputException>(() => _registry.Activate(id));
        Assert.Throws<InvalidInputException>(() => _registry.Delete(id));
        Assert.Single(_registry.List());
    }

    [Fact]
    public void AModelWhoseWritingFailsIsNeverThere()
    {
        var error = Assert.Throws<InvalidDataException>(() => _registry.Register(RegistryWorker.Info("broken"), stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidDataException("The source ended.");
        }));
        Assert.Equal("The source ended.", error.Message);
        Assert.Empty(_registry.List());
        Assert.Equal([".lock"], Directory.GetFileSystemEntries(_registry.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void NumbersThatCannotBeAreNotRegistered()
    {
        var info = RegistryWorker.Info("nonsense");
        Refused(info with { Accuracy = double.NaN }, "accuracy is NaN, not 0 to 1");
        Refused(info with { Loss = double.PositiveInfinity }, "loss is Infinity");
        Refused(info with { Parameters = 0 }, "parameters is 0");
        Refused(info with { Network = "cnnn" }, "network is 'cnnn'");
        Refused(info with { Preprocess = "none" }, "mnist, plain");
        Refused(info with { Temperature = 0 }, "temperature is 0, not 0.01 to 100");
        Assert.Empty(_registry.List());

        void Refused(ModelInfo wrong, string reason) => Assert.Contains(
            reason,
            Assert.Throws<InvalidInputException>(() => _registry.Register(wrong, RegistryWorker.WriteWeights)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ADownloadStaysWholeWhenItsModelIsDeleted()
    {
        var id = Register();
        using var download = _registry.OpenWeights(id);
        _registry.Delete(id);
        Assert.IsType<PthDictionary>(PthFile.Read(download, id));
    }

    [Fact]
    public void TwoRegistriesOfOneFolderSeeTheSame()
    {
        var other = new ModelRegistry(_registry.Folder);
        var id = Register();
        other.Activate(id);
        Assert.Equal(id, _registry.GetActiveId());
        Assert.Equal(_registry.List(), other.List());
    }

    [Fact]
    public void WhatIsSaidOfAModelCanChangeAndItsWeightsStay()
    {
        var before = _registry.Get(Register());
        _registry.Update(before with { Temperature = 1.5, Loss = 0.25 }, "{}"u8.ToArray());
        Assert.Equal(before with { Temperature = 1.5, Loss = 0.25 }, _registry.Get(before.Id));
        Assert.Equal("{}"u8.ToArray(), _registry.ReadEvaluation(before.Id));
        _registry.OpenWeights(before.Id).Dispose();

        Assert.Throws<EntryConflictException>(() => _registry.Update(before with { Sha256 = new string('0', 64) }, "[]"u8.ToArray()));
        Assert.Throws<InvalidInputException>(() => _registry.Update(before with { Temperature = 0 }, "[]"u8.ToArray()));
        Assert.Throws<EntryNotFoundException>(() => _registry.Update(before with { Id = "other" }, "[]"u8.ToArray()));
        Assert.Equal("{}"u8.ToArray(), _registry.ReadEvaluation(before.Id));
    }

    [Fact]
    public void AModelWithoutATemperatureHasOne()
    {
        var id = Register();
        var path = Path.Combine(_registry.Folder, id, "model.json");
        File.WriteAllLines(path, File.ReadAllLines(path).Where(line => !line.Contains("temperature", StringComparison.Ordinal)));
        Assert.Equal(1, _registry.Get(id).Temperature);
    }

    [Fact]
    public void MessagesNameFilesAsTheirReaderMayKnowThem()
    {
        var id = Register();
        File.WriteAllText(Path.Combine(_registry.Folder, id, "model.json"), "{");
        File.WriteAllText(Path.Combine(_registry.Folder, "active.json"), "{");
        var shown = new ModelRegistry(_registry.Folder) { ShownAs = "/my/models" };
        Assert.StartsWith($"models/{id}/model.json cannot be used", Damage(_registry), StringComparison.Ordinal);
        Assert.StartsWith($"/my/models/{id}/model.json cannot be used", Damage(shown), StringComparison.Ordinal);
        Assert.StartsWith(
            "models/active.json cannot", Assert.Throws<DamagedEntryException>(_registry.GetActiveId).Message, StringComparison.Ordinal);
        Assert.Equal("There is no model a in models.", Assert.Throws<EntryNotFoundException>(() => _registry.Get("a")).Message);
        Assert.Equal("There is no model a in /my/models.", Assert.Throws<EntryNotFoundException>(() => shown.Get("a")).Message);
        Assert.Equal(Damage(_registry), Assert.Single(_registry.List()).Error);

        string Damage(ModelRegistry registry) => Assert.Throws<DamagedEntryException>(() => registry.Get(id)).Message;
    }

    private string Register() => _registry.Register(RegistryWorker.Info("model"), RegistryWorker.WriteWeights).Id;
}
