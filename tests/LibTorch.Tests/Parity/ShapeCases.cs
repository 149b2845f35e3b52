using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

internal static class ShapeCases
{
    internal static Dictionary<string, Func<Given, Tensor[]>> All { get; } = new()
    {
        ["clone"] = given => [given.X.clone()],
        ["detach"] = given => [given.X.detach()],
        ["contiguous"] = given => [given.X.permute(2, 0, 1).contiguous()],
        ["t"] = given => [given.X[0].t(), given.X[0].T],
        ["view"] = given => [given.X.view(3, -1)],
        ["reshape"] = given => [given.X.transpose(0, 2).reshape(6, 4)],
        ["expand"] =
            given => [given.X[TensorIndex.Colon, TensorIndex.Slice(stop: 1)].expand(5, 2, -1, 4)],
        ["repeat"] = given => [given.X[0].repeat(2, 1, 3)],
        ["permute"] = given => [given.X.permute(1, 2, 0)],
        ["flip"] = given => [given.X.flip(0, 2)],
        ["flatten"] =
            given => [given.X.flatten(), given.X.flatten(1), given.X.flatten(0, 1), given.X.flatten(-2, -1)],
        ["transpose"] = given => [given.X.transpose(0, -1)],
        ["squeeze"] = given =>
        {
            var one = given.X[TensorIndex.Colon, TensorIndex.Slice(stop: 1)];
            return [one.squeeze(), one[TensorIndex.Slice(stop: 1)].squeeze(1), given.X.squeeze(0)];
        },
        ["unsqueeze"] = given => [given.X.unsqueeze(1), given.X.unsqueeze(-1)],
        ["narrow"] = given => [given.X.narrow(2, 1, 2)],
        ["select"] = given => [given.X.select(1, 2), given.X.select(-1, -1)],
        ["slice"] = given => [given.X.slice(2, 1, 4, 2)],
        ["cpu"] = given => [given.X.cpu()],
        ["view of a view"] = given =>
        [
            given.X.permute(2, 0, 1)[TensorIndex.Slice(1), TensorIndex.Colon, TensorIndex.Slice(step: 2)]
                .transpose(1, 2) * 2,
        ],
        ["index_select"] = given => [given.X.index_select(1, given.Y)],
        ["gather"] = given => [given.X.gather(1, given.Y)],
        ["masked_fill"] = given => [given.X.masked_fill(given.Y, -7.5)],
        ["masked_select"] = given => [given.X.masked_select(given.Y)],
        ["set_"] = given => [given.X.detach().clone().set_(given.Y.detach())],
        ["to"] = given =>
        [
            given.X.to(float32), given.X.to(float64), given.X.to(CPU), given.X.to(float32, CPU),
            given.X.to_type(float32),
        ],
        ["conversions"] = given =>
            [.. new[] { int64, int32, int16, int8, @bool, float16, float32 }.Select(type => given.X.to_type(type))],
        ["conversion to uint8"] = given => [given.X.to(uint8)],
        ["cat"] = given => [cat([given.X, given.Y]), cat([given.X, given.X], -1)],
        ["cat of two types"] = given => [cat([given.X, given.Y])],
        ["stack"] = given => [stack([given.X, given.Y]), stack([given.X, given.Y], -1)],
        ["where"] = given => [where(given.Z, given.X, given.Y)],
    };
}
