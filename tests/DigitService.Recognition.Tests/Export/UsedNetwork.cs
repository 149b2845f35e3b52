using DigitService.Recognition.Networks;
using static TorchSharp.torch;

namespace DigitService.Recognition.Tests.Export;

/// <summary>Networks as training leaves them, with statistics in their batch normalisation that are not 0 and 1.</summary>
internal static class UsedNetwork
{
    internal static nn.Module<Tensor, Tensor> Of(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var network = NetworkCatalog.Create(name, seed: 7);
        foreach (var parameter in network.parameters())
        {
            parameter.add_(randn(parameter.shape) * 0.05f);
        }

        network.train();
        for (var batch = 0; batch < 3; batch++)
        {
            network.call(randn([32, 1, 28, 28]) + 0.3f);
        }

        network.eval();
        return network;
    }

    /// <summary>What a network gives for pictures, row after row.</summary>
    internal static float[] Output(nn.Module<Tensor, Tensor> network, Tensor pictures)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return [.. network.call(pictures).data<float>()];
    }
}
