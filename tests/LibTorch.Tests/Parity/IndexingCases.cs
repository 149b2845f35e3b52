using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

internal static class IndexingCases
{
    private static readonly TensorIndex _all = TensorIndex.Colon;
    private static readonly TensorIndex _rest = TensorIndex.Ellipsis;
    private static readonly TensorIndex _new = TensorIndex.None;

    internal static Dictionary<string, Func<Given, Tensor[]>> All { get; } = new()
    {
        ["index: a number"] = given => [given.X[1], given.X[-1]],
        ["index: two numbers"] = given => [given.X[0, 2], given.X[1, -1]],
        ["index: three numbers"] = given => [given.X[1, 2, 3], given.X[TensorIndex.Single(-1), -2, -3]],
        ["index: colon"] = given => [given.X[_all, 1]],
        ["index: slices"] = given => [given.X[TensorIndex.Slice(0, 1), TensorIndex.Slice(1, 3)]],
        ["index: slice with a step"] = given => [given.X[_all, _all, TensorIndex.Slice(step: 3)]],
        ["index: slice from the end"] =
            given => [given.X[_all, TensorIndex.Slice(-2), TensorIndex.Slice(stop: -1)]],
        ["index: slice past the end"] = given => [given.X[_all, TensorIndex.Slice(1, 99)]],
        ["index: slice to nothing"] = given => [given.X[TensorIndex.Slice(2)]],
        ["index: ellipsis"] = given => [given.X[_rest, 1], given.X[0, _rest, 2], given.X[_rest]],
        ["index: none"] = given => [given.X[_new], given.X[_all, _new, 1]],
        ["index: everything"] = given => [given.X[1, _rest, _new, TensorIndex.Slice(1, 4, 2)]],
        ["index: index"] = given => [given.X.index(_all, 2, TensorIndex.Slice(1))],
        ["index: of a transpose"] = given => [given.X.transpose(0, 2)[TensorIndex.Slice(1), -1]],
        ["put: a number"] = given =>
        {
            var changed = given.X.clone();
            changed[-1] = given.Y;
            return [changed];
        },
        ["put: two numbers"] = given =>
        {
            var changed = given.X.clone();
            changed[1, -2] = given.Y;
            return [changed];
        },
        ["put: slices"] = given =>
        {
            var changed = given.X.clone();
            changed[_all, TensorIndex.Slice(1, 3), TensorIndex.Slice(step: 3)] = given.Y;
            return [changed];
        },
        ["put: ellipsis"] = given =>
        {
            var changed = given.X.clone();
            changed[_rest, 2] = given.Y;
            return [changed];
        },
    };
}
