using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LibTorch.Tests.Parity;

/// <summary>What is drawn after a seed, by the names that the fixtures have.</summary>
internal static class RandomCases
{
    internal static Dictionary<string, Func<Tensor[]>> Numbers { get; } = new()
    {
        ["rand"] = () => [rand([2, 3]), rand([2, 3], float64)],
        ["randn"] = () => [randn([2, 3]), randn(20), randn(3, 7), randn(2, 1, 3, 4), randn([5], float64)],
        ["randint"] = () =>
            [randint(9, [12]), randint(-5, 6, [3, 4]), randint(9, [5], float32), randint(1L << 40, [3])],
        ["randperm"] = () => [randperm(17), randperm(5, int32)],
        ["uniform_"] = () => [zeros(7).uniform_(-1.5, 2.5), zeros(3, float64).uniform_(0, 1)],
        ["normal_"] = () => [zeros(7).normal_(), zeros(33).normal_(1.5, 0.25)],
        ["a generator of one's own"] = () =>
        [
            With(5, generator => rand([3], generator: generator)),
            With(6, generator => randn([3], generator: generator)),
            With(7, generator => randint(9, [5], generator: generator)),
            With(8, generator => randperm(6, generator: generator)),
            With(9, generator => zeros(4).uniform_(0, 1, generator)),
            With(10, generator => zeros(4).normal_(0, 1, generator)),
            rand([2]),
        ],
        ["a restored state"] = () =>
        {
            rand([5]);
            var state = random.get_rng_state();
            rand([7]);
            random.set_rng_state(state);
            return [rand([5])];
        },
        ["kaiming_normal_"] = () =>
        [
            init.kaiming_normal_(empty(4, 3)),
            init.kaiming_normal_(
                empty([2, 3, 2, 2]), mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU),
        ],
        ["init"] = () =>
        [
            init.uniform_(empty(5), -2, 3), init.normal_(empty(5), 1, 0.5), init.constant_(empty(2), 0.3),
            init.ones_(empty(2, 2)), init.zeros_(empty(3)),
        ],
    };

    /// <summary>Weights: these come from uniform numbers alone.</summary>
    internal static Dictionary<string, Func<Tensor[]>> Weights { get; } = new()
    {
        ["weights of Linear"] = () => Parameters(Linear(7, 5), Linear(3, 2, hasBias: false)),
        ["weights of Conv2d"] =
            () => Parameters(Conv2d(2, 3, 3), Conv2d(4, 2, 2, groups: 2), Conv2d(1, 2, 5, bias: false)),
        ["weights of a network"] = () => Parameters(Sequential(
            Conv2d(1, 2, 3), BatchNorm2d(2), ReLU(), Flatten(), Linear(8, 3), BatchNorm1d(3), Linear(3, 2))),
        ["kaiming_uniform_"] = () =>
        [
            init.kaiming_uniform_(empty(4, 3)),
            init.kaiming_uniform_(empty([2, 3, 2, 2]), 0.5, init.FanInOut.FanOut),
            init.kaiming_uniform_(empty(4, 3), nonlinearity: init.NonlinearityType.ReLU),
            init.kaiming_uniform_(empty(4, 3), nonlinearity: init.NonlinearityType.Tanh),
        ],
    };

    /// <summary>Truth values: MKL draws its own, so these are those of a libtorch without it.</summary>
    internal static Dictionary<string, Func<Tensor[]>> Truths { get; } = new()
    {
        ["bernoulli_"] = () => [zeros(40).bernoulli_(), zeros(2, 20).bernoulli_(0.2)],
        ["dropout"] = () =>
        {
            using var layer = Dropout();
            return
            [
                functional.dropout(ones(4, 9), 0.3), layer.call(ones(4, 9)),
                functional.dropout(ones(20), 0.9, inplace: true),
            ];
        },
    };

    private static Tensor With(ulong seed, Func<Generator, Tensor> draw)
    {
        using var generator = new Generator(seed);
        return draw(generator);
    }

    private static Tensor[] Parameters(params Module<Tensor, Tensor>[] modules)
    {
        Tensor[] copies =
            [.. modules.SelectMany(module => module.parameters()).Select(parameter => parameter.detach().clone())];
        Array.ForEach(modules, module => module.Dispose());
        return copies;
    }
}
