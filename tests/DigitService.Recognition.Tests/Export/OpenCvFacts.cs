using System.Runtime.InteropServices;
using DigitService.Recognition.Data;
using DigitService.Recognition.Export;
using DigitService.Recognition.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Tests.Export;

/// <summary>OpenCV, which knows nothing of this library, runs what was exported.</summary>
public class OpenCvFacts
{
    // OpenCV 4.6 multiplies tensors of different shapes for one picture only.
    private static readonly string[] _onePictureAtATime = ["resnet-se"];

    [OpenCvFact]
    public void EveryNetworkGivesTheSameLogitsThere()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var random = new Generator();
        random.manual_seed(1);
        var pictures = randn([5, 1, 28, 28], generator: random);
        File.WriteAllBytes(folder.File("pictures.f32"), pictures.bytes.ToArray());
        Dictionary<string, float[]> expected = [];
        var named = NetworkCatalog.Names.Select(name => (name, UsedNetwork.Of(name))).Append(("unusual", new Unusual()));
        foreach (var (name, network) in named)
        {
            OnnxFile.Write(
                folder.File($"{name}.onnx"), NetworkTrace.Of(network), network, name, Normalization.Mnist);
            expected.Add(name, UsedNetwork.Output(network, pictures));
            network.Dispose();
        }

        OpenCvFactAttribute.Run(
            Path.Combine(AppContext.BaseDirectory, "Export", "run_onnx.py"),
            [folder.File(""), .. expected.Keys.Select(name => $"{name}:{(_onePictureAtATime.Contains(name) ? 1 : 5)}")]);

        Assert.All(expected, entry =>
        {
            var bytes = File.ReadAllBytes(folder.File($"{entry.Key}.logits"));
            var logits = tensor(MemoryMarshal.Cast<byte, float>(bytes).ToArray());

            // The network cnn goes on to the logarithms of probabilities.
            var found = entry.Key == "cnn" ? functional.log_softmax(logits.reshape(5, 10), 1) : logits;

            // Logits of a few units: sums of floats in another order differ by about 1e-6.
            Assert.Equal(entry.Key == "vgg" ? 55 : 50, entry.Value.Length);
            Assert.All(
                entry.Value.Zip(found.reshape(entry.Value.Length).data<float>().ToArray()),
                pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        });
    }

    /// <summary>
    /// Settings of layers that no network of the catalogue has; except a mean over padding, which OpenCV 4.6 computes
    /// otherwise than PyTorch and ONNX Runtime.
    /// </summary>
    private sealed class Unusual : Module<Tensor, Tensor>
    {
        private readonly Conv2d dilated = Conv2d(1, 4, 3, stride: 2, padding: 1, dilation: 2);
        private readonly Conv2d grouped = Conv2d(4, 6, 3, groups: 2, bias: false);
        private readonly AvgPool2d pool = AvgPool2d(3, stride: 2);
        private readonly MaxPool2d last = MaxPool2d(3, stride: 1, padding: 1);
        private readonly Flatten flatten = Flatten();
        private readonly Linear fc = Linear(6 * 5 * 5, 10, hasBias: false);

        public Unusual() : base("unusual") => RegisterComponents();

        public override Tensor forward(Tensor input) =>
            fc.call(flatten.call(last.call(pool.call(grouped.call(dilated.call(input))))));
    }
}
