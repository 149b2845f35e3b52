using DigitService.Recognition.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Tests.Networks;

public class NetworkTraceFacts
{
    [Fact]
    public void ALayerKnowsWhatItReads()
    {
        using var network = NetworkCatalog.Create("resnet-se", seed: 1);

        var trace = NetworkTrace.Of(network);

        Assert.Equal([NetworkTrace.Picture], Layer("conv1").Inputs);
        Assert.Equal(["block2.bn2", "block2.attention.gate"], Sources("block2.attention.scale"));
        Assert.Equal(["block2.attention.scale", "block2.shortcut_bn"], Sources("block2.add"));
        Assert.Equal(["block1.attention.scale", "relu1"], Sources("block1.add"));
        Assert.Equal("fc", trace.Layers[trace.Output].Path);

        TracedLayer Layer(string path) => trace.Layers.Single(layer => layer.Path == path);
        IEnumerable<string> Sources(string path) => Layer(path).Inputs.Select(input => trace.Layers[input].Path);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheNetworkIsLeftAsItWas(bool training)
    {
        using var network = NetworkCatalog.Create("mlp-bn", seed: 1);
        network.train(training);
        var before = State(network);

        var trace = NetworkTrace.Of(network);
        var layers = trace.Layers.Count;
        Assert.Equal(before, State(network));
        Assert.All(network.modules().Prepend(network), module => Assert.Equal(training, module.training));
        using (NewDisposeScope())
        {
            network.call(ones([2, 1, 28, 28]));
        }

        Assert.Equal(layers, trace.Layers.Count);

        static float[] State(Module<Tensor, Tensor> network) =>
            [.. network.state_dict()["bn1.running_mean"].data<float>()];
    }

    [Fact]
    public void ANetworkThatComputesOutsideItsLayersCannotBeFollowed()
    {
        using var network = new Outside();

        var failure = Assert.Throws<NotSupportedException>(() => NetworkTrace.Of(network));

        Assert.Equal(
            "The network Outside cannot be followed: it gives its layer fc2 a tensor that none of its layers made. "
            + "Everything that it computes must be a layer, such as Add, Multiply, ReLU and Flatten, and be called "
            + "with call(), not forward().",
            failure.Message);
    }

    [Fact]
    public void ANetworkThatGivesBackMoreThanItsLastLayerCannotBeFollowed()
    {
        using var network = new Shifted();

        Assert.Contains(
            "it gives back a tensor that none of its layers made",
            Assert.Throws<NotSupportedException>(() => NetworkTrace.Of(network)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void WhatALayerWroteOverIsReadAsItsOutput()
    {
        using var network = new InPlace();

        var trace = NetworkTrace.Of(network);

        Assert.Equal(["flatten", "relu", "add", "fc"], trace.Layers.Select(layer => layer.Path));
        Assert.Equal([1, 1], trace.Layers[2].Inputs);
    }

    [Fact]
    public void ALayerThatIsCalledTwiceHasItsParametersOnce()
    {
        using var network = new Recurrent();

        Assert.Equal(
            [0, (784 * 784) + 784, 0, 7_850], NetworkTrace.Of(network).Layers.Select(layer => layer.Parameters));
    }

    private sealed class Outside : Module<Tensor, Tensor>
    {
        private readonly Flatten flatten = Flatten();
        private readonly Linear fc1 = Linear(784, 10);
        private readonly Linear fc2 = Linear(10, 10);

        public Outside() : base(nameof(Outside)) => RegisterComponents();

        public override Tensor forward(Tensor input) => fc2.call(fc1.call(flatten.call(input)).tanh());
    }

    private sealed class Shifted : Module<Tensor, Tensor>
    {
        private readonly Flatten flatten = Flatten();

        public Shifted() : base(nameof(Shifted)) => RegisterComponents();

        public override Tensor forward(Tensor input) => flatten.call(input) + 1;
    }

    private sealed class InPlace : Module<Tensor, Tensor>
    {
        private readonly Flatten flatten = Flatten();
        private readonly ReLU relu = ReLU(inplace: true);
        private readonly Add add = new();
        private readonly Linear fc = Linear(784, 10);

        public InPlace() : base(nameof(InPlace)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var x = flatten.call(input);
            return fc.call(add.call(relu.call(x), x));
        }
    }

    private sealed class Recurrent : Module<Tensor, Tensor>
    {
        private readonly Flatten flatten = Flatten();
        private readonly Linear again = Linear(784, 784);
        private readonly Linear fc = Linear(784, 10);

        public Recurrent() : base(nameof(Recurrent)) => RegisterComponents();

        public override Tensor forward(Tensor input) => fc.call(again.call(again.call(flatten.call(input))));
    }
}
