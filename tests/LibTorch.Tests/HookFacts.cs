using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LibTorch.Tests;

public class HookFacts
{
    [Fact]
    public void HooksAreCalledAroundTheModuleInTheirOrder()
    {
        using var scope = NewDisposeScope();
        using var module = ReLU();
        List<string> seen = [];
        module.register_forward_hook(_ => seen.Add("after, with the module"));
        module.register_forward_hook((_, input, output) =>
        {
            seen.Add($"after {input.item<float>()} gave {output.item<float>()}");
            return output;
        });
        module.register_forward_pre_hook((_, input) =>
        {
            seen.Add($"before {input.item<float>()}");
            return input;
        });
        module.register_forward_pre_hook(_ => seen.Add("before, with the module"));

        module.call(tensor(-1f));

        Assert.Equal(["before, with the module", "before -1", "after -1 gave 0", "after, with the module"], seen);
    }

    [Fact]
    public void ForwardCallsNoHook()
    {
        using var scope = NewDisposeScope();
        using var module = ReLU();
        module.register_forward_hook(_ => Assert.Fail("The hook was called."));

        Assert.Equal(2, module.forward(tensor(2f)).item<float>());
    }

    [Fact]
    public void WhatAHookGivesBackTakesThePlaceOfInputAndResult()
    {
        using var scope = NewDisposeScope();
        using var module = ReLU();
        module.register_forward_pre_hook((_, input) => input.neg());
        module.register_forward_hook((_, _, output) => output.add(tensor(10f)));

        Assert.Equal(13, module.call(tensor(-3f)).item<float>());
    }

    [Fact]
    public void AHookThatGivesBackNothingChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var module = ReLU();
        module.register_forward_pre_hook((_, _) => null!);
        module.register_forward_hook((_, _, _) => null!);

        Assert.Equal(3, module.call(tensor(3f)).item<float>());
    }

    [Fact]
    public void AModuleOfTwoInputsHasHooksToo()
    {
        using var scope = NewDisposeScope();
        using var module = new Difference();
        module.register_forward_pre_hook((_, left, right) => (right, left));
        var remover = module.register_forward_pre_hook((_, _, _) => null);
        module.register_forward_hook((_, left, right, output) => output.mul(tensor(2f)));
        remover.remove();

        Assert.Equal(8, module.call(tensor(1f), tensor(5f)).item<float>());
    }

    [Fact]
    public void ARemovedHookIsNotCalledAndTheOthersAre()
    {
        using var scope = NewDisposeScope();
        using var module = ReLU();
        List<string> seen = [];
        var hook = new Action<nn.Module>(_ => seen.Add("removed"));
        module.register_forward_hook(_ => seen.Add("kept"));
        var remover = module.register_forward_hook(hook);
        module.register_forward_hook(hook);

        remover.remove();
        remover.remove();
        module.call(tensor(1f));

        Assert.Equal(["kept", "removed"], seen);
    }

    [Fact]
    public void AHookMayRemoveItself()
    {
        using var scope = NewDisposeScope();
        using var module = ReLU();
        var calls = 0;
        var removers = new List<Action>();
        removers.Add(module.register_forward_hook(_ =>
        {
            calls++;
            removers[0]();
        }).remove);

        module.call(tensor(1f));
        module.call(tensor(1f));

        Assert.Equal(1, calls);
    }

    private sealed class Difference() : Module<Tensor, Tensor, Tensor>(nameof(Difference))
    {
        public override Tensor forward(Tensor input1, Tensor input2) => input1.sub(input2);
    }
}
