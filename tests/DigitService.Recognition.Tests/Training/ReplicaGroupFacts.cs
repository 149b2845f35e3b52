using DigitService.Recognition.Data;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DigitService.Recognition.Tests.Training;

public class ReplicaGroupFacts
{
    [Fact]
    public void ReplicasComputeTheGradientOfTheWholeBatch()
    {
        var images = Mnist.First(97, 1).Train;
        using var one = new ReplicaGroup(() => NetworkCatalog.Create("cnn", 1), 1);
        using var three = new ReplicaGroup(() => NetworkCatalog.Create("cnn", 1), 3);
        var (expectedLoss, expectedCorrect) = one.Backward(images, default, 0);
        var (loss, correct) = three.Backward(images, default, 0);
        Assert.Equal(expectedLoss, loss, 1e-5);
        Assert.Equal(expectedCorrect, correct);

        using var scope = torch.NewDisposeScope();
        foreach (var (single, shared) in one.Network.parameters().Zip(three.Network.parameters()))
        {
            var (expected, actual) = (single.grad!, shared.grad!);
            var scale = expected.abs().max().item<float>();
            Assert.InRange(expected.sub(actual).abs().max().item<float>() / scale, 0, 1e-5);
        }
    }

    [Fact]
    public void RunningStatisticsAreTheMeanOfTheReplicas()
    {
        var images = Mnist.First(90, 1).Train;
        using var group = new ReplicaGroup(() => NetworkCatalog.Create("mlp-bn", 1), 3);
        group.Backward(images, default, 0);

        // The momentum is 0.1, and the means start at 0: each is a tenth of the mean of its inputs.
        using var scope = torch.NewDisposeScope();
        using var network = NetworkCatalog.Create("mlp-bn", 1);
        var state = network.state_dict();
        var (input, _) = Batch.Make(images, [.. Enumerable.Range(0, 90)], Normalization.Mnist);
        var expected = torch.nn.functional.linear(input.flatten(1), state["fc1.weight"], state["fc1.bias"]).mean([0]).mul(0.1);
        var actual = group.Network.state_dict()["bn1.running_mean"];
        Assert.InRange(expected.sub(actual).abs().max().item<float>(), 0, 1e-6);
        Assert.Equal(1, group.Network.state_dict()["bn1.num_batches_tracked"].item<long>());
    }

    [Fact]
    public void DropoutDropsTheSameForTheSameSeedAndOtherwiseForAnother()
    {
        var images = Mnist.First(64, 1).Train;
        Assert.Equal(Loss(7), Loss(7));
        Assert.NotEqual(Loss(7), Loss(8));

        double Loss(ulong seed)
        {
            using var group = new ReplicaGroup(() => NetworkCatalog.Create("mlp-bn", 1), 2);
            return group.Backward(images, default, seed).Loss;
        }
    }

    [Fact]
    public void ADropoutThatCannotBeSeededIsRefused()
    {
        var error = Assert.Throws<NotSupportedException>(
            () => new ReplicaGroup(() => torch.nn.Sequential(torch.nn.Dropout()), 2));
        Assert.Contains("SeededDropout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailureInAReplicaReachesTheCaller()
    {
        using var group = new ReplicaGroup(() => new RefusesOneImage(), 2);

        // The first replica gets one of the three images.
        Assert.Throws<InvalidDataException>(() => group.Backward(Mnist.First(3, 1).Train, default, 0));
        Assert.InRange(group.Backward(Mnist.First(4, 1).Train, default, 0).Loss, 1, 4);
    }

    private sealed class RefusesOneImage : Module<Tensor, Tensor>
    {
        private readonly Linear _linear = Linear(784, 10);

        internal RefusesOneImage() : base(nameof(RefusesOneImage)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input.shape[0] == 1
            ? throw new InvalidDataException("One image is too few.")
            : _linear.call(input.flatten(1));
    }
}
