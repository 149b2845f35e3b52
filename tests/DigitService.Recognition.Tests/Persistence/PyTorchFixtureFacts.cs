using System.Runtime.InteropServices;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

public sealed class PyTorchFixtureFacts
{
    [Theory]
    [InlineData("state")]
    [InlineData("state-deflated")]
    [InlineData("state-zip64")]
    [InlineData("state-2")]
    [InlineData("checkpoint-adam")]
    [InlineData("checkpoint-momentum")]
    [InlineData("plain")]
    [InlineData("protocol-4")]
    [InlineData("protocol-5")]
    [InlineData("parameter")]
    [InlineData("strided")]
    public void WhatPyTorchSavedIsReadBitForBit(string name)
    {
        var expected = Description.Normalise(File.ReadAllText(Fixture.Path(name + ".json")));

        Assert.Equal(expected, Description.Of(PthFile.Read(Fixture.Path(name + ".pth"))));
    }

    [Fact]
    public void AStateDictionaryIsOrderedAndNamesItsTensors()
    {
        var state = Assert.IsType<PthDictionary>(PthFile.Read(Fixture.Path("state.pth")));

        Assert.True(state.IsOrdered);
        Assert.Equal(
            ["conv.weight", "conv.bias", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var",
                "norm.num_batches_tracked", "fc.weight", "fc.bias"],
            state.Keys);
        Assert.Equal("Float32 [2, 1, 3, 3]", state["conv.weight"]!.ToString());
        Assert.Equal([2], Assert.IsType<PthTensor>(state["norm.num_batches_tracked"]).As<long>());
    }

    [Fact]
    public void AdamsStateHasItsStepsMomentsAndBetas()
    {
        var checkpoint = Assert.IsType<PthDictionary>(PthFile.Read(Fixture.Path("checkpoint-adam.pth")));
        var optimizer = Assert.IsType<PthDictionary>(checkpoint["optimizer_state_dict"]);
        var first = Assert.IsType<PthDictionary>(Assert.IsType<PthDictionary>(optimizer["state"])[0]);
        var group = Assert.IsType<PthDictionary>(Assert.IsType<List<object?>>(optimizer["param_groups"])[0]);

        Assert.Equal(3L, checkpoint["epoch"]);
        Assert.Equal([2f], Assert.IsType<PthTensor>(first["step"]).As<float>());
        Assert.Equal([2, 1, 3, 3], Assert.IsType<PthTensor>(first["exp_avg_sq"]).Shape);
        Assert.Equal([0.9, 0.999], Assert.IsType<PthTuple>(group["betas"]));
    }

    [Fact]
    public void TensorsThatShareAStorageShareItsBytes()
    {
        var views = Assert.IsType<PthDictionary>(PthFile.Read(Fixture.Path("strided.pth")));

        Assert.Same(ArrayOf("base"), ArrayOf("shared"));

        byte[]? ArrayOf(string name)
        {
            MemoryMarshal.TryGetArray(Assert.IsType<PthTensor>(views[name]).Data, out var segment);
            return segment.Array;
        }
    }

    [Theory]
    [InlineData("refused-legacy", "legacy format", "save it again with torch.save")]
    [InlineData("refused-torchscript", "TorchScript", "save its state_dict()")]
    [InlineData("refused-half", "torch.HalfStorage", "float32, float64, int64, int32, uint8 and bool")]
    [InlineData("refused-module", "torch.nn.modules.linear.Linear", "save state_dict() and not the model itself")]
    [InlineData("refused-big-endian", "'big'", "only 'little' is read")]
    public void WhatIsNotReadIsRefusedByNameAndSaysWhatToDo(string name, string what, string remedy)
    {
        var path = Fixture.Path(name + ".pth");
        var refusal = Assert.Throws<PthFormatException>(() => PthFile.Read(path));

        Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refusal.Message, StringComparison.Ordinal);
    }
}
