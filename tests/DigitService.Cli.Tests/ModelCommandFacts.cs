using System.Text.Json;
using DigitService.Recognition.Persistence;

namespace DigitService.Cli.Tests;

public class ModelCommandFacts(TrainedWorkplace trained) : IClassFixture<TrainedWorkplace>
{
    private readonly Workplace _workplace = trained.Workplace;

    [Theory]
    [InlineData("pth")]
    [InlineData("onnx")]
    [InlineData("safetensors")]
    public void AModelIsExportedInTheFormatThatTheNameTells(string format)
    {
        var file = _workplace.File($"exported.{format}");
        Assert.StartsWith($"Wrote {file} (4", _workplace.Output("export", "active", "--output", file), StringComparison.Ordinal);
        Assert.InRange(new FileInfo(file).Length, 4 * 109_386, (4 * 109_386) + 10_000);
    }

    [Fact]
    public void WhatWasExportedIsImportedAsTheSameModel()
    {
        using var other = new Workplace(10, 300);
        var file = other.File("weights.bin");
        _workplace.Output("export", "latest", "--format", "pth", "--output", file);
        var output = other.Output("import", file, "--network", "mlp", "--name", "From elsewhere", "--activate");

        var (model, original) = (Assert.Single(other.Models.List()), _workplace.Models.Get(trained.ModelId));
        Assert.Contains($"The model is {model.Id}; it reads {Figures.Percent(original.Accuracy)}", output, StringComparison.Ordinal);
        Assert.Equal((true, "From elsewhere", original.Accuracy), (model.IsActive, model.Info!.Name, model.Info.Accuracy));
        Assert.Equal(
            ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias", "fc3.weight", "fc3.bias"],
            Checkpoint.Read(file).Model.Select(entry => entry.Key));
    }

    [Fact]
    public void AnotherNetworksWeightsAreRefusedByName()
    {
        using var other = new Workplace(10, 10);
        var (exitCode, _, errors) = other.Run("import", WeightsOf(trained.ModelId), "--network", "cnn");
        Assert.Equal(1, exitCode);
        Assert.Contains("It does not fit the network cnn: missing [conv1.weight", errors, StringComparison.Ordinal);
        Assert.Empty(other.Models.List());
    }

    [Fact]
    public void ModelsAreListedWithTheActiveOneMarkedAndDamagedOnesExplained()
    {
        using var other = new Workplace(10, 50);
        for (var i = 0; i < 3; i++)
        {
            other.Output("import", WeightsOf(trained.ModelId), "--network", "mlp");
        }

        string[] ids = [.. other.Models.List().Select(entry => entry.Id)];
        Assert.Equal($"The active model is {ids[1]}.\n", other.Output("activate", ids[1]));
        File.WriteAllText(Path.Combine(other.Models.Folder, ids[2], "model.json"), "nonsense");

        var output = other.Output("models");
        Assert.Matches($@"\n\*  {ids[1]} ", output);
        Assert.Matches($@"\n   {ids[0]} ", output);
        Assert.Matches($@"\ndamaged  {ids[2]}: .+ is not JSON", output);

        using var json = JsonDocument.Parse(other.Output("models", "--json"));
        Assert.Equal(3, json.RootElement.GetArrayLength());
        Assert.True(json.RootElement[1].GetProperty("isActive").GetBoolean());

        var (exitCode, _, errors) = other.Run("activate", ids[0][..3]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"Several models begin with '{ids[0][..3]}': ", errors, StringComparison.Ordinal);
        Assert.Equal(ids[1], other.Models.GetActiveId());
    }

    [Fact]
    public void CalibratingSaysWhatItChangesAndATrainedModelIsCalibratedAlready()
    {
        var before = _workplace.Models.Get(trained.ModelId);
        var output = _workplace.Output("calibrate", "active");
        Assert.StartsWith(Figures.Text($"The temperature of {trained.ModelId} is {before.Temperature:0.####}."), output, StringComparison.Ordinal);
        Assert.Matches($@"\nwith the temperature +[\d.]+% +{Figures.Loss(before.Loss)}\n", output);
        Assert.Equal(before, _workplace.Models.Get(trained.ModelId));
    }

    [Theory]
    [InlineData("There is no model none in /", "activate", "none")]
    [InlineData("The format cannot be told from the name model.keras", "export", "latest", "--output", "model.keras")]
    [InlineData("--format is 'keras'; accepted: pth, onnx, safetensors.", "export", "latest", "--format", "keras")]
    [InlineData("Option '--network' is required.", "import", "weights.pth")]
    public void AMistakeIsExplained(string expected, params string[] arguments)
    {
        var (exitCode, output, errors) = _workplace.Run(arguments);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    private string WeightsOf(string id) => Path.Combine(_workplace.Models.Folder, id, "model.pth");
}
