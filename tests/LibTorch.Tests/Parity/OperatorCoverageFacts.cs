using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

/// <summary>No operator is without a case: one that is added and not compared with PyTorch is named here.</summary>
public class OperatorCoverageFacts
{
    private static readonly Type[] _operatorTypes =
    [
        typeof(Tensor), typeof(torch), typeof(nn), typeof(nn.functional), typeof(nn.init), typeof(autograd),
        typeof(random),
    ];

    private static readonly Dictionary<string, string> _exceptions = new()
    {
        ["Tensor MoveToOuterDisposeScope()"] = "is no operator: see DisposeScopeFacts",
        ["Tensor DetachFromDisposeScope()"] = "is no operator: see DisposeScopeFacts",
    };

    [Fact]
    public void EveryOverloadOfEveryOperatorIsCalledByACase()
    {
        var called = CalledMethods.From(Cases().Select(run => (MethodBase)run.Method));

        var without = Operators().Where(method => !called.Contains(method)).Select(method => $"{method}")
            .Except(_exceptions.Keys).ToList();

        Assert.True(without.Count == 0, $"{without.Count} without a case:\n{string.Join('\n', without)}");
    }

    [Fact]
    public void ExceptionsAreStillThere() =>
        Assert.Empty(_exceptions.Keys.Except(Operators().Select(method => $"{method}")));

    // Without these, a list of operators or of calls that came out empty would pass the facts above.
    [Fact]
    public void OperatorsAndCallsAreListed()
    {
        Assert.True(Operators().Count() > 200, $"Only {Operators().Count()} operators were found.");
        Assert.DoesNotContain(
            typeof(Tensor).GetMethod(nameof(Tensor.MoveToOuterDisposeScope))!,
            CalledMethods.From(Cases().Select(run => (MethodBase)run.Method)));
    }

    private static IEnumerable<Delegate> Cases() =>
        OperatorCases.All.Values.Concat<Delegate>(ModuleCases.All.Values)
            .Concat(RandomCases.Numbers.Values).Concat(RandomCases.Weights.Values).Concat(RandomCases.Truths.Values);

    private static IEnumerable<MethodInfo> Operators() =>
        from type in _operatorTypes
        from method in type.GetMethods(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where GivesTensors(method.ReturnType) || method.Name == "set_Item"
        select method;

    private static bool GivesTensors(Type type) =>
        typeof(Tensor).IsAssignableFrom(type)
        || typeof(nn.Module).IsAssignableFrom(type)
        || (type.IsGenericType && type.GetGenericArguments().Any(GivesTensors));
}
