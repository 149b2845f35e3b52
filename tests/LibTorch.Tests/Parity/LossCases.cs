using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace LibTorch.Tests.Parity;

internal static class LossCases
{
    private static readonly Reduction[] _reductions = [Reduction.Mean, Reduction.Sum, Reduction.None];

    // Weights are constants: libtorch gives them no gradient.
    internal static Dictionary<string, Func<Given, Tensor[]>> All { get; } = new()
    {
        ["cross_entropy"] = given =>
            [.. _reductions.Select(how => cross_entropy(given["input"], given["target"], reduction: how))],
        ["cross_entropy with weights"] = given =>
        [
            .. _reductions.Select(
                how => cross_entropy(given["input"], given["target"], Weight(given), reduction: how)),
        ],
        ["cross_entropy without a class"] =
            given => [cross_entropy(given["input"], given["target"], ignore_index: 2)],
        ["cross_entropy with smoothing"] = given =>
        [
            cross_entropy(given["input"], given["target"], label_smoothing: 0.1),
            cross_entropy(given["input"], given["target"], Weight(given), 2, label_smoothing: 0.3),
        ],
        ["cross_entropy with probabilities"] = given =>
        [
            cross_entropy(given["input"], given["target"].softmax(1)),
            cross_entropy(given["input"], given["target"].softmax(1), Weight(given), reduction: Reduction.Sum),
            cross_entropy(given["input"], given["target"].softmax(1), label_smoothing: 0.2),
        ],
        ["cross_entropy of images"] = given => [cross_entropy(given["input"], given["target"])],
        ["nll_loss"] = given =>
            [.. _reductions.Select(how => nll_loss(Log(given), given["target"], reduction: how))],
        ["nll_loss with weights"] = given =>
            [.. _reductions.Select(how => nll_loss(Log(given), given["target"], Weight(given), how))],
        ["mse_loss"] = given =>
            [.. _reductions.Select(how => mse_loss(given["input"], given["target"], how))],
        ["CrossEntropyLoss"] = given =>
        [
            Run(CrossEntropyLoss(), given["input"], given["target"]),
            Run(CrossEntropyLoss(reduction: Reduction.Sum), given["input"], given["target"]),
            Run(CrossEntropyLoss(Weight(given), 1, Reduction.None), given["input"], given["target"]),
            Run(new CrossEntropyLoss(label_smoothing: 0.1), given["input"], given["target"]),
        ],
        ["NLLLoss"] = given =>
        [
            Run(NLLLoss(), Log(given), given["target"]),
            Run(NLLLoss(Weight(given), Reduction.Sum), Log(given), given["target"]),
        ],
    };

    private static Tensor Weight(Given given) => given["weight"].detach();

    private static Tensor Log(Given given) => given["input"].log_softmax(1);

    private static Tensor Run(Module<Tensor, Tensor, Tensor> loss, Tensor input, Tensor target)
    {
        using (loss)
        {
            return loss.call(input, target);
        }
    }
}
