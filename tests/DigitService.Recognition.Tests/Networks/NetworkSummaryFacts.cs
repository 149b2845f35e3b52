using System.Text.Json;
using DigitService.Recognition.Networks;

namespace DigitService.Recognition.Tests.Networks;

public class NetworkSummaryFacts
{
    // Counted by hand from the layers' sizes.
    [Theory]
    [InlineData("mlp", 109_386, 109_184)]
    [InlineData("mlp-sigmoid", 109_386, 109_184)]
    [InlineData("mlp-tanh", 109_386, 109_184)]
    [InlineData("mlp-bn", 568_970, 566_528)]
    [InlineData("lenet5", 61_706, 416_520)]
    [InlineData("cnn", 1_007_590, 1_329_000)]
    [InlineData("convnet", 245_242, 3_399_808)]
    [InlineData("resnet", 173_842, 5_847_360)]
    [InlineData("resnet-se", 180_100, 5_853_408)]
    public void ParametersAndMultiplyAddsAreAsCountedByHand(string name, long parameters, long multiplyAdds)
    {
        var summary = NetworkCatalog.Summary(name);

        Assert.Equal(parameters, summary.Parameters);
        Assert.Equal(multiplyAdds, summary.MultiplyAdds);
    }

    [Fact]
    public void EveryNetworkOfTheCatalogueHasASummary() =>
        Assert.All(NetworkCatalog.All, network =>
        {
            var summary = NetworkCatalog.Summary(network.Name);
            using var created = network.Create();
            Assert.Equal(network.Name, summary.Name);
            Assert.Equal(network.Description, summary.Description);
            Assert.Equal(network.Source, summary.Source);
            Assert.Equal(network.TellsDigits ? "11" : "10", summary.Layers[^1].Output);
            Assert.Equal(network.TellsDigits, summary.TellsDigits);
            Assert.Equal(created.parameters().Sum(parameter => parameter.numel()), summary.Parameters);
        });

    [Fact]
    public void TheLayersOfCnnAreInTheOrderOfTheirCalls() =>
        Assert.Equal(
            [
                new LayerSummary("conv1", "Conv2d 1→10, 5×5", "10×24×24", 260, 144_000),
                new LayerSummary("pool1", "MaxPool2d 2×2", "10×12×12", 0, 0),
                new LayerSummary("relu1", "ReLU", "10×12×12", 0, 0),
                new LayerSummary("conv2", "Conv2d 10→20, 3×3", "20×10×10", 1_820, 180_000),
                new LayerSummary("relu2", "ReLU", "20×10×10", 0, 0),
                new LayerSummary("flatten", "Flatten", "2000", 0, 0),
                new LayerSummary("fc1", "Linear 2000→500", "500", 1_000_500, 1_000_000),
                new LayerSummary("relu3", "ReLU", "500", 0, 0),
                new LayerSummary("fc2", "Linear 500→10", "10", 5_010, 5_000),
                new LayerSummary("output", "LogSoftmax", "10", 0, 0),
            ],
            NetworkCatalog.Summary("cnn").Layers);

    [Fact]
    public void LayersWithinBlocksHaveTheirWholeNames()
    {
        var layers = NetworkCatalog.Summary("resnet-se").Layers;

        Assert.Contains(
            new LayerSummary("block2.shortcut", "Conv2d 24→48, 1×1, stride 2, no bias", "48×7×7", 1_152, 56_448), layers);
        Assert.Contains(new LayerSummary("block2.attention.reduce", "Conv2d 48→12, 1×1", "12×1×1", 588, 576), layers);
        Assert.Contains(new LayerSummary("block2.attention.scale", "Multiply", "48×7×7", 0, 0), layers);
        Assert.Contains(new LayerSummary("block3.bn1", "BatchNorm2d 96", "96×4×4", 192, 0), layers);
        Assert.Contains(new LayerSummary("mean", "AdaptiveAvgPool2d to 1×1", "96×1×1", 0, 0), layers);
    }

    [Fact]
    public void ASummaryIsThereAgainAfterJson()
    {
        var summary = NetworkCatalog.Summary("mlp-bn");

        var json = JsonSerializer.Serialize(summary, JsonSerializerOptions.Web);
        var read = JsonSerializer.Deserialize<NetworkSummary>(json, JsonSerializerOptions.Web);

        Assert.Contains("\"multiplyAdds\":566528", json, StringComparison.Ordinal);
        Assert.Equal(summary.Layers, read!.Layers);
        Assert.Equal(summary with { Layers = read.Layers }, read);
    }

    [Fact]
    public void ASummaryIsFoundOutOnce() =>
        Assert.Same(NetworkCatalog.Summary("mlp"), NetworkCatalog.Summary("MLP"));

    [Fact]
    public void AnUnknownNetworkHasNoSummary() =>
        Assert.Throws<InvalidInputException>(() => NetworkCatalog.Summary("perceptron"));
}
