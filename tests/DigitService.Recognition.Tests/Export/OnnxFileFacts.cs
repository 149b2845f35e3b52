using System.Runtime.InteropServices;
using DigitService.Recognition.Data;
using DigitService.Recognition.Export;
using DigitService.Recognition.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Tests.Export;

public class OnnxFileFacts
{
    public static TheoryData<string> Networks => [.. NetworkCatalog.Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public void TheGraphReadsPicturesAndGivesLogitsForAnyNumber(string name)
    {
        var graph = Export(name).Message(7);

        Assert.Equal(("image", "1: batch 1 28 28"), Describe(graph.Message(11)));
        Assert.Equal(("logits", name == "vgg" ? "1: batch 11" : "1: batch 10"), Describe(graph.Message(12)));
        Assert.Equal("logits", graph.Messages(1).Last().Text(2));
        Assert.DoesNotContain(graph.Messages(1), node => node.Text(4).Contains("Softmax", StringComparison.Ordinal));
        Assert.DoesNotContain(graph.Messages(1), node => node.Text(4).Contains("Dropout", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void EveryNodeReadsWhatIsMadeBeforeIt(string name)
    {
        var graph = Export(name).Message(7);
        HashSet<string> made = ["image", .. graph.Messages(5).Select(weight => weight.Text(8))];

        Assert.All(graph.Messages(1).ToArray(), node =>
        {
            Assert.All(node.Texts(1), input => Assert.Contains(input, made));
            Assert.True(made.Add(node.Text(2)), $"{node.Text(2)} is made twice.");
        });
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void TheWeightsAreTheNetworksUnderTheirNames(string name)
    {
        using var network = NetworkCatalog.Create(name, seed: 1);
        var state = network.state_dict().Where(entry => !entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal));

        var weights = Export(name).Message(7).Messages(5).ToDictionary(weight => weight.Text(8));

        Assert.Equal(state.Select(entry => entry.Key).Order(), weights.Keys.Order());
        Assert.All(state, entry =>
        {
            Assert.Equal(entry.Value.shape, weights[entry.Key].Integers(1));
            Assert.Equal(entry.Value.bytes.ToArray(), weights[entry.Key].Data(9));
        });
    }

    [Fact]
    public void TheOperatorsOfLeNetAreThese()
    {
        var nodes = Export("lenet5").Message(7).Messages(1).ToArray();

        Assert.Equal(
            ["Conv", "MaxPool", "Relu", "Conv", "MaxPool", "Relu", "Flatten", "Gemm", "Relu", "Gemm", "Relu", "Gemm"],
            nodes.Select(node => node.Text(4)));
        var settings = nodes[0].Messages(5).ToDictionary(attribute => attribute.Text(1));
        Assert.Equal([5, 5], settings["kernel_shape"].Integers(8));
        Assert.Equal([2, 2, 2, 2], settings["pads"].Integers(8));
        Assert.Equal(7, settings["pads"].Integer(20));
        Assert.Equal(1, settings["group"].Integer(3));
    }

    [Fact]
    public void BatchNormalisationKeepsItsEpsilon()
    {
        var node = Export("mlp-bn").Message(7).Messages(1).First(node => node.Text(4) == "BatchNormalization");

        Assert.Equal(["fc1", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var"], node.Texts(1));
        Assert.Equal(1e-5f, MemoryMarshal.Read<float>(node.Message(5).Data(2)));
    }

    [Theory]
    [InlineData(Normalization.Mnist, "mnist", "0.1307", "0.3081", "(pixel / 255 - 0.1307) / 0.3081")]
    [InlineData(Normalization.Unit, "unit", "0", "1", "given as pixel / 255.")]
    [InlineData(Normalization.Symmetric, "symmetric", "0.5", "0.5", "(pixel / 255 - 0.5) / 0.5")]
    public void TheFileSaysHowItIsFed(
        Normalization normalization, string name, string mean, string deviation, string formula)
    {
        var model = Export("cnn", normalization);

        var metadata = model.Messages(14).ToDictionary(entry => entry.Text(1), entry => entry.Text(2));
        Assert.Equal((name, mean, deviation), (metadata["normalization"], metadata["mean"], metadata["standard_deviation"]));
        Assert.Equal(("cnn", "0,1,2,3,4,5,6,7,8,9"), (metadata["network"], metadata["classes"]));
        Assert.Contains(formula, model.Text(6), StringComparison.Ordinal);
        Assert.Equal("DigitService", model.Text(2));
        Assert.Equal((7, 13), (model.Integer(1), model.Message(8).Integer(2)));
    }

    [Fact]
    public void AFileThatTellsDigitsSaysWhatItsLastLogitIs()
    {
        var model = Export("vgg");
        var metadata = model.Messages(14).ToDictionary(entry => entry.Text(1), entry => entry.Text(2));
        Assert.Equal("0,1,2,3,4,5,6,7,8,9,none", metadata["classes"]);
        Assert.Contains("Gives N x 11 logits", model.Text(6), StringComparison.Ordinal);
        Assert.Contains("the last for no digit", model.Text(6), StringComparison.Ordinal);
        Assert.Contains("Gives N x 10 logits", Export("cnn").Text(6), StringComparison.Ordinal);
    }

    [Fact]
    public void ALayerThatCannotBeExportedIsNamedAndNothingIsWritten()
    {
        using var folder = new TemporaryFolder();
        using var network = new Unsupported();

        var failure = Assert.Throws<NotSupportedException>(
            () => OnnxFile.Write(
                folder.File("a.onnx"), NetworkTrace.Of(network), network, "unsupported", Normalization.Mnist));

        Assert.StartsWith("The layer middle (LogSoftmax) cannot be exported to ONNX.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    // Nodes of ONNX pad with zeros. One of the two libraries here refuses such a layer itself.
    [Fact]
    public void PaddingWithOtherThanZerosIsRefused()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<NotSupportedException>(() =>
        {
            using var network = new Reflecting();
            OnnxFile.Write(folder.File("a.onnx"), NetworkTrace.Of(network), network, "reflecting", Normalization.Mnist);
        });
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void ASoftmaxAtTheEndIsLeftOutAndALayerCalledTwiceHasItsWeightsOnce()
    {
        using var folder = new TemporaryFolder();
        using var network = new Twice();
        OnnxFile.Write(folder.File("a.onnx"), NetworkTrace.Of(network), network, "twice", Normalization.Mnist);

        var graph = new ProtobufFields(File.ReadAllBytes(folder.File("a.onnx"))).Message(7);

        Assert.Equal(["AveragePool", "Flatten", "Gemm", "Gemm"], graph.Messages(1).Select(node => node.Text(4)));
        Assert.Equal(["pool", "flatten", "fc", "logits"], graph.Messages(1).Select(node => node.Text(2)));
        Assert.Equal(["fc.weight"], graph.Messages(5).Select(weight => weight.Text(8)));
    }

    [Fact]
    public void TheNetworkIsOnlyReadSoThatItMayBeInUseMeanwhile()
    {
        using var folder = new TemporaryFolder();
        using var network = NetworkCatalog.Create("lenet5", seed: 1);
        var calls = 0;
        network.train();
        foreach (var layer in network.modules().OfType<Module<Tensor, Tensor>>())
        {
            layer.register_forward_hook((_, _, output) =>
            {
                calls++;
                return output;
            });
        }

        OnnxFile.Write(folder.File("a.onnx"), network, "lenet5", Normalization.Mnist);

        Assert.Equal(0, calls);
        Assert.True(network.training);
    }

    [Fact]
    public void ANetworkUnderAnothersNameIsRefused()
    {
        using var folder = new TemporaryFolder();
        using var network = NetworkCatalog.Create("mlp", seed: 1);

        var failure = Assert.Throws<ArgumentException>(
            () => OnnxFile.Write(folder.File("a.onnx"), network, "cnn", Normalization.Mnist));

        Assert.Contains("other parameters than 'cnn' has", failure.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    private static ProtobufFields Export(string name, Normalization normalization = Normalization.Mnist)
    {
        using var folder = new TemporaryFolder();
        using var network = NetworkCatalog.Create(name, seed: 1);
        OnnxFile.Write(folder.File("a.onnx"), network, name, normalization);
        return new ProtobufFields(File.ReadAllBytes(folder.File("a.onnx")));
    }

    private static (string Name, string Type) Describe(ProtobufFields value)
    {
        var tensor = value.Message(2).Message(1);
        var dimensions = tensor.Message(2).Messages(1)
            .Select(dimension => dimension.Texts(2).SingleOrDefault() ?? $"{dimension.Integer(1)}");
        return (value.Text(1), $"{tensor.Integer(1)}: {string.Join(' ', dimensions)}");
    }

    private sealed class Unsupported : Module<Tensor, Tensor>
    {
        private readonly Flatten flatten = Flatten();
        private readonly LogSoftmax middle = LogSoftmax(1);
        private readonly Linear fc = Linear(784, 10);

        public Unsupported() : base(nameof(Unsupported)) => RegisterComponents();

        public override Tensor forward(Tensor input) => fc.call(middle.call(flatten.call(input)));
    }

    private sealed class Reflecting : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv = Conv2d(1, 1, 3, padding: 1, padding_mode: PaddingModes.Reflect);
        private readonly Flatten flatten = Flatten();
        private readonly Linear fc = Linear(784, 10);

        public Reflecting() : base(nameof(Reflecting)) => RegisterComponents();

        public override Tensor forward(Tensor input) => fc.call(flatten.call(conv.call(input)));
    }

    private sealed class Twice : Module<Tensor, Tensor>
    {
        private readonly AvgPool2d pool = AvgPool2d(28, stride: 28, padding: 14);
        private readonly Flatten flatten = Flatten();
        private readonly Linear fc = Linear(4, 4, hasBias: false);
        private readonly Softmax output = Softmax(1);

        public Twice() : base(nameof(Twice)) => RegisterComponents();

        public override Tensor forward(Tensor input) =>
            output.call(fc.call(fc.call(flatten.call(pool.call(input)))));
    }
}
