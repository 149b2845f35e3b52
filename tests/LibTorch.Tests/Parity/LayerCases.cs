using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace LibTorch.Tests.Parity;

internal static class LayerCases
{
    internal static IReadOnlyDictionary<string, Func<Given, Tensor[]>> All { get; } =
        new Dictionary<string, Func<Given, Tensor[]>>
        {
            ["linear"] = given => [linear(given["input"], given["weight"], given["bias"])],
            ["linear without bias"] = given => [linear(given["input"], given["weight"])],
            ["conv2d"] = Convolve,
            ["conv2d of one image"] = Convolve,
            ["conv2d of one channel"] = Convolve,
            ["conv2d of an image without batch"] = Convolve,
            ["conv2d with stride and padding"] = given =>
                [conv2d(given["input"], given["weight"], given["bias"], strides: [2, 3], padding: [1, 2])],
            ["conv2d with dilation"] =
                given => [conv2d(given["input"], given["weight"], given["bias"], dilation: [3, 2])],
            ["conv2d in groups"] = given => [conv2d(given["input"], given["weight"], given["bias"], groups: 2)],
            ["conv2d by channel"] = given => [conv2d(given["input"], given["weight"], groups: 3)],
            ["conv2d without bias"] = given => [conv2d(given["input"], given["weight"])],
            ["conv2d and what follows it"] = given =>
            {
                var made = conv2d(given["input"], given["weight"]);
                return
                [
                    made.view(2, -1), made.flatten(1), made.sum([2, 3]), made.permute(1, 0, 2, 3)[1],
                    max_pool2d(made, 2).flatten(1), made.exp(),
                ];
            },
            ["conv2d of a transpose"] = given => [conv2d(given["input"].transpose(2, 3), given["weight"])],
            ["conv2d of a part of a batch"] =
                given => [conv2d(given["input"][TensorIndex.Slice(1)], given["weight"])],
            ["batch_norm in training"] = given => Normalise(given, training: true),
            ["batch_norm in use"] = given => Normalise(given, training: false),
            ["batch_norm with settings"] = given => Normalise(given, training: true, momentum: 0.3, eps: 1e-2),
            ["batch_norm of nothing but the batch"] =
                given => [batch_norm(given["input"], null!, null!, training: true)],
            ["functional activations"] = given => [relu(given.X), nn.functional.sigmoid(given.X), tanh(given.X)],
            ["functional activations in place"] = given =>
                [relu(given.X.clone(), inplace: true), tanh(given.X.clone(), inplace: true)],
            ["functional softmax"] =
                given => [softmax(given.X, 1), softmax(given.X, 0, float64), log_softmax(given.X, 1)],
            ["dropout without chance"] = given =>
            [
                dropout(given.X, 0), dropout(given.X, 1), dropout(given.X, training: false),
                dropout(given.X.clone(), 1, inplace: true),
            ],
            ["max_pool2d"] = given => [max_pool2d(given.X, 2)],
            ["max_pool2d with settings"] = given => [max_pool2d(given.X, 2, 3, 1, 2)],
            ["max_pool2d with a ceiling"] = given => [max_pool2d(given.X, 2, ceil_mode: true)],
            ["max_pool2d of two sizes"] = given => [max_pool2d(given.X, [3, 2], [2, 1], [1, 0], [1, 2])],
            ["max_pool2d with its own stride"] = given => [max_pool2d(given.X, [3, 2], ceil_mode: true)],
            ["avg_pool2d"] = given => [avg_pool2d(given.X, [2, 3])],
            ["avg_pool2d with settings"] = given => [avg_pool2d(given.X, [3, 2], [2, 1], [1, 0], true, false)],
            ["avg_pool2d with padding counted"] = given => [avg_pool2d(given.X, [3, 2], [2, 2], [1, 1])],
            ["avg_pool2d with a divisor"] = given => [avg_pool2d(given.X, [2, 2], divisor_override: 3)],
            ["adaptive_avg_pool2d"] =
                given => [adaptive_avg_pool2d(given.X, [2, 3]), adaptive_avg_pool2d(given.X, 1)],
            ["adaptive_max_pool2d"] = given => [adaptive_max_pool2d(given.X, [2, 3])],
            ["affine_grid"] =
                given => [affine_grid(given.X, [2, 1, 3, 4]), affine_grid(given.X, [2, 5, 2, 3], align_corners: true)],
            ["grid_sample as it is by default"] = given => [grid_sample(given.X, given["grid"])],
            ["affine images"] =
                given => [grid_sample(given["images"], affine_grid(given.X, [2, 1, 3, 4]), align_corners: false)],
            ["one_hot"] = given => [one_hot(given.X), one_hot(given.X, 9)],
        }
        .Concat(Samplings()).ToDictionary();

    private static Tensor[] Convolve(Given given) => [conv2d(given["input"], given["weight"], given["bias"])];

    private static Tensor[] Normalise(Given given, bool training, double momentum = 0.1, double eps = 1e-5)
    {
        // Copies: the running statistics are changed in place.
        var (mean, variance) = (given["mean"].detach().clone(), given["variance"].detach().clone());
        return
        [
            batch_norm(given["input"], mean, variance, given["weight"], given["bias"], training, momentum, eps),
            mean,
            variance,
        ];
    }

    private static IEnumerable<KeyValuePair<string, Func<Given, Tensor[]>>> Samplings() =>
        from mode in new[] { GridSampleMode.Bilinear, GridSampleMode.Nearest }
        from padding in Enum.GetValues<GridSamplePaddingMode>()
        from corners in new[] { false, true }
        select KeyValuePair.Create<string, Func<Given, Tensor[]>>(
            $"grid_sample {mode} {padding} {(corners ? "with" : "without")} corners".ToLowerInvariant(),
            given => [grid_sample(given.X, given["grid"], mode, padding, corners)]);
}
