using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>The cases of Fixtures/optim.json, and the same problem that optim_fixtures.py steps.</summary>
internal static class OptimFixture
{
    private static readonly JsonElement _root = Read();

    internal static int Steps { get; } = _root.GetProperty("steps").GetInt32();

    internal static long[][] Shapes { get; } = _root.GetProperty("shapes").Deserialize<long[][]>()!;

    internal static TheoryData<string> Names(string list) =>
        [.. _root.GetProperty(list).EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    internal static JsonElement Case(string list, string name) =>
        _root.GetProperty(list).EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);

    internal static double Number(this JsonElement options, string name, double otherwise) =>
        options.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

    internal static int Whole(this JsonElement options, string name, int otherwise) =>
        options.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;

    internal static bool Flag(this JsonElement options, string name, bool otherwise = false) =>
        options.TryGetProperty(name, out var value) ? value.GetBoolean() : otherwise;

    internal static string Text(this JsonElement options, string name) => options.GetProperty(name).GetString()!;

    internal static Parameter[] Parameters(ScalarType dtype) =>
        [.. Shapes.Select((_, index) => new Parameter(Filled(index, dtype, i => (((i * 5) + (index * 3)) % 29) - 14)))];

    /// <summary>Sets the gradients of a step: the second parameter has none at first, then two in three.</summary>
    internal static void SetGradients(Parameter[] parameters, int step)
    {
        for (var index = 0; index < parameters.Length; index++)
        {
            var place = index;
            parameters[index].grad = index != 1 || (step >= 4 && step % 3 != 0)
                ? Filled(index, parameters[index].dtype, i => (((i * 7) + (step * 13) + (place * 5)) % 31) - 15)
                : null;
        }
    }

    internal static OptimizerHelper Optimizer(string kind, JsonElement options, IEnumerable<Parameter> parameters)
    {
        var lr = options.Number("lr", 0.001);
        var decay = options.Number("weight_decay", 0);
        var (beta1, beta2) = (options.Number("beta1", 0.9), options.Number("beta2", 0.999));
        var eps = options.Number("eps", 1e-8);
        var (amsgrad, maximize) = (options.Flag("amsgrad"), options.Flag("maximize"));
        return kind switch
        {
            "SGD" => optim.SGD(
                parameters,
                lr,
                options.Number("momentum", 0),
                options.Number("dampening", 0),
                decay,
                options.Flag("nesterov"),
                maximize),
            "Adam" => optim.Adam(parameters, lr, beta1, beta2, eps, decay, amsgrad, maximize),
            _ => optim.AdamW(parameters, lr, beta1, beta2, eps, decay, amsgrad, maximize),
        };
    }

    internal static double[] Numbers(Tensor tensor)
    {
        using var doubles = tensor.detach().to(float64);
        return doubles.data<double>().ToArray();
    }

    private static Tensor Filled(int index, ScalarType dtype, Func<long, long> sixteenths)
    {
        var count = Shapes[index].Aggregate(1L, (product, size) => product * size);
        double[] values = [.. Enumerable.Range(0, (int)count).Select(i => sixteenths(i) / 16.0)];
        return tensor(values, Shapes[index], dtype: dtype);
    }

    private static JsonElement Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Parity", "Fixtures", "optim.json"));
        using var document = JsonDocument.Parse(file);
        return document.RootElement.Clone();
    }
}
