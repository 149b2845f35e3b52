using DigitService.Recognition.Networks;
using TorchSharp;

namespace DigitService.Recognition.Tests.Networks;

public class CnnNetworkFacts
{
    [Fact]
    public void ItsParametersHaveTheNamesAndShapesOfTheOriginal()
    {
        using var network = NetworkCatalog.Create("cnn", 0);
        Assert.Equal(
            [
                "conv1.weight 10x1x5x5", "conv1.bias 10", "conv2.weight 20x10x3x3", "conv2.bias 20",
                "fc1.weight 500x2000", "fc1.bias 500", "fc2.weight 10x500", "fc2.bias 10",
            ],
            network.named_parameters().Select(entry => $"{entry.name} {string.Join('x', entry.parameter.shape)}"));
        Assert.Equal(1_007_590, network.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void ItGivesLogarithmsOfProbabilities()
    {
        using var scope = torch.NewDisposeScope();
        using var network = NetworkCatalog.Create("cnn", 0);
        var output = network.call(torch.randn(5, 1, 28, 28));
        Assert.Equal([5L, 10L], output.shape);
        Assert.All(output.exp().sum(1).data<float>().ToArray(), sum => Assert.Equal(1, sum, 1e-5f));
    }

    [Fact]
    public void TheSeedDecidesTheFirstWeights()
    {
        using var scope = torch.NewDisposeScope();
        using var first = NetworkCatalog.Create("cnn", 5);
        using var same = NetworkCatalog.Create("cnn", 5);
        using var other = NetworkCatalog.Create("cnn", 6);
        Assert.True(Weights(first).allclose(Weights(same), 0, 0));
        Assert.False(Weights(first).allclose(Weights(other)));

        static torch.Tensor Weights(torch.nn.Module network) => network.state_dict()["fc1.weight"];
    }
}
