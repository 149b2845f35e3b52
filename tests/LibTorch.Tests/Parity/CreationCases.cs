using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

internal static class CreationCases
{
    private static readonly double[] _reals = [0.1, -2.5, 3.0, 1e-7];
    private static readonly float[] _singles = [0.1f, -2.5f, 3.0f, 1e-7f];
    private static readonly long[] _longs = [1, -2, 3, 1L << 40];
    private static readonly int[] _ints = [1, -2, 3, 4];
    private static readonly byte[] _bytes = [0, 127, 255, 3];
    private static readonly bool[] _truths = [true, false, false, true];

    internal static Dictionary<string, Func<Given, Tensor[]>> All { get; } = new()
    {
        ["zeros"] = _ =>
            [zeros([2, 3]), zeros(3), zeros(2, 1), zeros(2, 1, 3, 2), zeros(2, int64), zeros(2, 2, @bool)],
        ["ones"] = _ => [ones([2, 3]), ones(3), ones(2, 1), ones(2, uint8)],
        // What is in them is whatever was in memory.
        ["empty"] = _ => [empty([2, 3]).zero_(), empty(3, float64).zero_(), empty(2, 1, int32).zero_()],
        ["full"] = _ => [full([2, 3], 0.1), full([2], 7), full([], 2.5, float64)],
        ["eye"] = _ => [eye(3), eye(2, 4), eye(3, 2, int64)],
        ["arange"] = _ =>
        [
            arange(5), arange(2, 9), arange(10, 0, -3), arange(1.0, 2.0, 0.25), arange(4, float32),
            arange(0.5, 3.0, float64),
        ],
        ["alike"] = given =>
        [
            zeros_like(given.X), ones_like(given.X), zeros_like(given.X, int64), ones_like(given.X, float64),
            empty_like(given.X).zero_(),
        ],
        ["tensor of float"] = _ =>
        [
            tensor(_singles), tensor(_singles, [2, 2]), tensor(new Memory<float>(_singles), [4, 1]), tensor(0.1f),
            tensor(new[] { 0.5f, -2.5f }, float64),
        ],
        ["tensor of double"] = _ => [tensor(_reals), tensor(_reals, [2, 2]), tensor(0.1), tensor(_reals, float32)],
        ["tensor of long"] = _ =>
            [tensor(_longs), tensor(_longs, [2, 2]), tensor(1L << 40), tensor(new[] { 1L, -2L, 3L }, float32)],
        ["tensor of int"] = _ =>
            [tensor(_ints), tensor(_ints, [2, 2]), tensor(-7), tensor(new[] { 1, -2, 3 }, int64)],
        ["tensor of byte"] = _ =>
        [
            tensor(_bytes), tensor(_bytes, [2, 2]), tensor(new Memory<byte>(_bytes), [4, 1]), tensor(_bytes, float32),
        ],
        ["tensor of bool"] = _ => [tensor(_truths), tensor(_truths, [2, 2]), tensor(true), tensor(_truths, float32)],
    };
}
