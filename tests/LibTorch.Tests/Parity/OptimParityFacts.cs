using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>The optimisers do PyTorch's arithmetic, and their state can be carried over.</summary>
public class OptimParityFacts
{
    public static TheoryData<string> Cases => OptimFixture.Names("optimizers");

    [Theory]
    [MemberData(nameof(Cases))]
    public void AHundredStepsEndWherePyTorchs(string name)
    {
        using var scope = NewDisposeScope();
        var single = name.EndsWith("float32", StringComparison.Ordinal);
        var tolerance = single ? 1e-6 : 1e-12;
        var expected = OptimFixture.Case("optimizers", name);
        var parameters = OptimFixture.Parameters(single ? float32 : float64);
        using var optimizer = OptimFixture.Optimizer(
            expected.GetProperty("kind").GetString()!, expected.GetProperty("options"), parameters);

        Advance(optimizer, parameters, 0, OptimFixture.Steps);

        var states = optimizer.state_dict().State;
        foreach (var (index, wanted) in expected.GetProperty("parameters").EnumerateArray().Index())
        {
            AssertClose(wanted, "value", parameters[index], tolerance);
            if (wanted.TryGetProperty("step", out var steps))
            {
                Assert.Equal(steps.GetInt64(), StepOf(states[index]));
            }

            foreach (var (key, tensor) in TensorsOf(states[index]))
            {
                AssertClose(wanted, key, tensor, tolerance);
            }
        }
    }

    [Theory]
    [InlineData("SGD with everything, float32")]
    [InlineData("Adam with AMSGrad, float32")]
    [InlineData("AdamW with weight decay, float64")]
    public void AFreshOptimiserGoesOnFromALoadedStateWithTheSameBits(string name)
    {
        using var scope = NewDisposeScope();
        var (kind, options) = (Property(name, "kind").GetString()!, Property(name, "options"));
        var dtype = name.EndsWith("float32", StringComparison.Ordinal) ? float32 : float64;
        var parameters = OptimFixture.Parameters(dtype);
        using var first = OptimFixture.Optimizer(kind, options, parameters);
        Advance(first, parameters, 0, 20);
        Parameter[] copies = [.. parameters.Select(parameter => new Parameter(parameter.detach().clone()))];
        using var second = OptimFixture.Optimizer(kind, options, copies);

        second.load_state_dict(first.state_dict());
        Advance(first, parameters, 20, 40);
        Advance(second, copies, 20, 40);

        foreach (var (parameter, copy) in parameters.Zip(copies))
        {
            Assert.Equal(OptimFixture.Numbers(parameter), OptimFixture.Numbers(copy));
        }
    }

    [Fact]
    public void TheOrderOfElementsInMemoryChangesNothing()
    {
        using var scope = NewDisposeScope();
        var values = (arange(60, dtype: float32) / 30 - 1).reshape(5, 12);
        var plain = new Parameter(values.clone());
        var turned = new Parameter(values.t().contiguous().t());
        var sparse = new Parameter(cat([values, values], 1).narrow(1, 0, 12));
        using var optimizer = optim.AdamW([plain, turned, sparse], lr: 0.01, weight_decay: 0.1);
        for (var step = 1; step <= 5; step++)
        {
            plain.grad = (values * step).sin();
            turned.grad = (values * step).sin();
            sparse.grad = (values * step).sin().t().contiguous().t();
            optimizer.step();
        }

        Assert.Equal(OptimFixture.Numbers(plain), OptimFixture.Numbers(turned.contiguous()));
        Assert.True(plain.allclose(sparse, 1e-6, 1e-7));
    }

    [Fact]
    public void AStepIsSeenByABackwardPassThatNeedsTheOldValues()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(3));
        using var optimizer = optim.Adam([parameter]);
        var loss = (parameter * parameter).sum();
        parameter.grad = ones(3);

        optimizer.step();

        var error = Assert.ThrowsAny<Exception>(() => loss.backward());
        Assert.Contains("modified by an inplace operation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheClosureIsEvaluatedWithGradientsBeforeTheStep()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(2));
        using var optimizer = optim.SGD([parameter], 0.5);
        using var still = no_grad();

        var loss = optimizer.step(() =>
        {
            var sum = parameter.sum();
            sum.backward();
            return sum;
        });

        Assert.Equal(2, loss!.item<float>());
        Assert.Equal([0.5, 0.5], OptimFixture.Numbers(parameter));
    }

    [Fact]
    public void ZeroGradFillsWithZerosAndLeavesAMissingGradientMissing()
    {
        using var scope = NewDisposeScope();
        var (with, without) = (new Parameter(ones(2)), new Parameter(ones(2)));
        using var optimizer = optim.SGD([with, without], 0.5);
        with.grad = ones(2);

        optimizer.zero_grad();

        Assert.Equal([0, 0], OptimFixture.Numbers(with.grad!));
        Assert.Null(without.grad);
    }

    [Fact]
    public void AGroupTakesTheOptionsThatItLeavesOpen()
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.SGD(
            [new SGD.ParamGroup([new Parameter(ones(1))], new SGD.Options { momentum = 0.25 })], 0.5, momentum: 0.75);
        optimizer.add_param_group(new SGD.ParamGroup([new Parameter(ones(1))], lr: 0.125));

        SGD.ParamGroup[] groups = [.. optimizer.ParamGroups.Cast<SGD.ParamGroup>()];
        Assert.Equal([0.5, 0.125], groups.Select(group => group.LearningRate));
        Assert.Equal([0.5, 0.125], groups.Select(group => group.InitialLearningRate));
        Assert.Equal([0.25, 0], groups.Select(group => group.Momentum));
        Assert.Equal(2, optimizer.parameters().Count());
        Assert.Equal([[0], [1]], optimizer.state_dict().StateIndexRef);
    }

    [Fact]
    public void OptionsOutOfRangeAreRefused()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [new Parameter(ones(1))];
        Assert.Throws<ArgumentException>(() => optim.SGD(parameters, -1));
        Assert.Throws<ArgumentException>(() => optim.SGD(parameters, 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.Adam(parameters, beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.AdamW(parameters, weight_decay: -0.1));
    }

    [Fact]
    public void StateOutlivesTheScopeOfItsStepAndEndsWithTheOptimiser()
    {
        using var parameter = new Parameter(ones(3));
        using var gradient = ones(3);
        parameter.grad = gradient;
        var optimizer = optim.SGD([parameter], 0.5, momentum: 0.5);
        var before = LiveTensors.Settled();
        using (NewDisposeScope())
        {
            optimizer.step();
        }

        optimizer.step();
        Assert.Equal(before + 1, Tensor.TotalCount);
        optimizer.Dispose();
        optimizer.Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void Advance(OptimizerHelper optimizer, Parameter[] parameters, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            using var scope = NewDisposeScope();
            OptimFixture.SetGradients(parameters, step);
            optimizer.step();
        }
    }

    private static JsonElement Property(string name, string property) =>
        OptimFixture.Case("optimizers", name).GetProperty(property);

    private static long? StepOf(OptimizerState state) => state switch
    {
        Adam.State adam => adam.step,
        AdamW.State adam => adam.step,
        _ => null,
    };

    private static (string Key, Tensor? Tensor)[] TensorsOf(OptimizerState state) => state switch
    {
        SGD.State sgd => [("momentum_buffer", sgd.momentum_buffer)],
        Adam.State adam =>
            [("exp_avg", adam.exp_avg), ("exp_avg_sq", adam.exp_avg_sq), ("max_exp_avg_sq", adam.max_exp_avg_sq)],
        AdamW.State adam =>
            [("exp_avg", adam.exp_avg), ("exp_avg_sq", adam.exp_avg_sq), ("max_exp_avg_sq", adam.max_exp_avg_sq)],
        _ => [],
    };

    // By the tensor's largest element: single precision leaves nothing of an element that has cancelled out, and the
    // distribution's libtorch rounds a multiplication and an addition once or twice as its processor can.
    private static void AssertClose(JsonElement wanted, string key, Tensor? tensor, double tolerance)
    {
        if (!wanted.TryGetProperty(key, out var numbers))
        {
            Assert.Null(tensor);
            return;
        }

        var expected = numbers.Deserialize<double[]>()!;
        var actual = OptimFixture.Numbers(tensor!);
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            var error = Math.Abs(actual[i] - expected[i]);
            Assert.True(error <= tolerance * largest, $"{key}[{i}]: {actual[i]}, not {expected[i]}");
        }
    }
}
