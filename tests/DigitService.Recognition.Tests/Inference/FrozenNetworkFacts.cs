using DigitService.Recognition.Inference;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Tests.Export;
using TorchSharp;

namespace DigitService.Recognition.Tests.Inference;

public class FrozenNetworkFacts
{
    public static TheoryData<string> Networks => [.. NetworkCatalog.Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public void ItGivesWhatTheNetworkGives(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var network = UsedNetwork.Of(name);
        using var frozen = new FrozenNetwork(network);
        foreach (var batch in new[] { 1, 2, 3, 5, 8, 63, 64 })
        {
            var pictures = torch.arange(batch * 784, torch.float32).mul(0.37).sin().reshape(batch, 1, 28, 28);
            var expected = UsedNetwork.Output(network, pictures);
            var actual = frozen.Call(pictures).data<float>().ToArray();
            Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= 1e-5 * expected.Max(Math.Abs));
        }
    }

    [Fact]
    public void BatchNormalisationIsNoLayerAnyMore()
    {
        using var network = UsedNetwork.Of("convnet");
        using var frozen = new FrozenNetwork(network);
        Assert.Contains(network.modules(), module => module is TorchSharp.Modules.BatchNorm2d);
        using (torch.no_grad())
        {
            foreach (var module in network.modules().OfType<TorchSharp.Modules.BatchNorm2d>())
            {
                module.running_mean!.fill_(float.NaN);
            }
        }

        using var picture = torch.zeros(1, 1, 28, 28);
        using var output = frozen.Call(picture);
        Assert.All(output.data<float>(), value => Assert.True(float.IsFinite(value)));
    }
}
