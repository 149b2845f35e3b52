using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>Fixtures/operators.json, which operator_fixtures.py wrote.</summary>
internal sealed record ParityFixture(
    Dictionary<string, OperatorRecord> Operators,
    Dictionary<string, ModuleRecord> Modules,
    Dictionary<string, TensorRecord[]> Random)
{
    private static readonly JsonSerializerOptions _snakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectRequiredConstructorParameters = true,
    };

    internal static ParityFixture Instance { get; } = Read();

    /// <summary>"add with alpha" of "add with alpha, float32".</summary>
    internal static string CaseOf(string key) => key[..key.LastIndexOf(", ", StringComparison.Ordinal)];

    internal static ScalarType TypeOf(string key) =>
        key.EndsWith(", float32", StringComparison.Ordinal) ? float32 : float64;

    private static ParityFixture Read()
    {
        using var file = File.OpenRead(ParityScript.Fixture("operators.json"));
        return JsonSerializer.Deserialize<ParityFixture>(file, _snakeCase)!;
    }
}

/// <summary>An operator's inputs, outputs, and the gradients of inputs; null where nothing flows back.</summary>
internal sealed record OperatorRecord(
    Dictionary<string, TensorRecord> Inputs, TensorRecord[] Outputs, Dictionary<string, TensorRecord?> Gradients);

/// <summary>A module's state before and its buffers after the inputs went through, one after another.</summary>
internal sealed record ModuleRecord(
    bool Train,
    Dictionary<string, TensorRecord> State,
    TensorRecord[] Inputs,
    TensorRecord[] Outputs,
    TensorRecord[] InputGradients,
    Dictionary<string, TensorRecord> Gradients,
    Dictionary<string, TensorRecord> Buffers);

/// <summary>A tensor in row-major order.</summary>
internal sealed record TensorRecord(string Dtype, long[] Shape, double[] Values)
{
    internal ScalarType Type => Dtype switch
    {
        "bool" => @bool,
        "uint8" => uint8,
        "int8" => int8,
        "int16" => int16,
        "int32" => int32,
        "int64" => int64,
        "float16" => float16,
        "float32" => float32,
        "float64" => float64,
        _ => throw new InvalidDataException($"The fixtures have no element type {Dtype}."),
    };

    internal bool IsReal => Dtype.StartsWith("float", StringComparison.Ordinal);

    // Decimals stand for the nearest element of the type, which a double next to it is not.
    internal double[] ExactValues() => Type switch
    {
        ScalarType.Float32 => [.. Values.Select(value => (double)(float)value)],
        ScalarType.Float16 => [.. Values.Select(value => (double)(Half)value)],
        _ => Values,
    };

    internal Tensor ToTensor(bool requiresGrad = false) =>
        tensor(Values, Shape, Type, requires_grad: requiresGrad && IsReal);
}
