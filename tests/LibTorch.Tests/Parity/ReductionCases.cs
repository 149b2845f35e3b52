using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

internal static class ReductionCases
{
    internal static Dictionary<string, Func<Given, Tensor[]>> All { get; } = new()
    {
        ["sum"] = given =>
        [
            given.X.sum(), given.X.sum(1), given.X.sum(-1, keepdim: true), given.X.sum([0, 2]),
            given.X.sum([0, -1], keepdim: true),
        ],
        ["sum as another type"] = given =>
            [given.X.sum(type: float64), given.X.sum(0, type: float64), given.X.sum([1], type: float64)],
        ["sum of whole numbers"] = given => [given.X.sum(), given.X.sum(1), given.X.sum(float32)],
        ["sum of a transpose"] = given => [given.X.permute(2, 0, 1).sum([1])],
        ["mean"] = given => [given.X.mean(), given.X.mean([1]), given.X.mean([0, 2], keepdim: true)],
        ["mean as another type"] = given => [given.X.mean([0], type: float64)],
        ["var"] = given => [given.X.var(), given.X.var(unbiased: false)],
        ["std"] = given => [given.X.std(), given.X.std(unbiased: false)],
        ["max and min"] = given => [given.X.max(), given.X.min()],
        ["max along"] = given => [.. Both(given.X.max(1)), .. Both(given.X.max(-2, keepdim: true))],
        ["min along"] = given => [.. Both(given.X.min(1)), .. Both(given.X.min(-2, keepdim: true))],
        ["topk"] = given =>
            [.. Both(given.X.topk(3)), .. Both(given.X.topk(2, 0)), .. Both(given.X.topk(2, 1, largest: false))],
        ["argmax"] = given => [given.X.argmax(), given.X.argmax(0), given.X.argmax(-1, keepdim: true)],
        ["argmin"] = given => [given.X.argmin(), given.X.argmin(0), given.X.argmin(-1, keepdim: true)],
        ["norm"] = given =>
            [given.X.norm(), given.X.norm(1f), given.X.norm(3f), given.X.norm(float.PositiveInfinity)],
        ["softmax"] = given => [given.X.softmax(-1), given.X.softmax(0), given.X.softmax(1, float64)],
        ["log_softmax"] =
            given => [given.X.log_softmax(-1), given.X.log_softmax(0), given.X.log_softmax(1, float64)],
    };

    private static Tensor[] Both((Tensor Values, Tensor Indexes) found) => [found.Values, found.Indexes];
}
