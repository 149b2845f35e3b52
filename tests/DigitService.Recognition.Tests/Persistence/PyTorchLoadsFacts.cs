using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

/// <summary>PyTorch itself reads what was written here.</summary>
public sealed class PyTorchLoadsFacts
{
    private static readonly string _script = Fixture.Path("describe_pth.py");

    [PyTorchFact]
    public void TorchLoadFindsEveryTypeOfValueBitForBit()
    {
        using var folder = new TemporaryFolder();
        var value = new PthDictionary
        {
            ["float32"] = PthTensor.FromArray([1.5f, -2.25f, float.PositiveInfinity, 1e-45f], 2, 2),
            ["float64"] = PthTensor.FromArray([0.1, -1e300], 1, 2, 1),
            ["int64"] = PthTensor.FromArray([long.MaxValue, -1], 2),
            ["int32"] = PthTensor.FromArray([int.MinValue, 7], 2),
            ["uint8"] = PthTensor.FromArray([(byte)0, (byte)255], 2),
            ["bool"] = PthTensor.FromArray([true, false, true], 3),
            ["scalar"] = PthTensor.FromArray([4f]),
            ["empty"] = PthTensor.FromArray(Array.Empty<float>(), 2, 0),
            ["integers"] = new List<object?> { 0L, 255L, 256L, 65_536L, -1L, 1L << 31, long.MaxValue, long.MinValue },
            ["floats"] = new PthTuple(0.1, -0.0, double.NaN, double.NegativeInfinity),
            ["text"] = "数字 🙂",
            ["tuples"] = new PthTuple(new PthTuple(), new PthTuple(1L), new PthTuple(1L, 2L, 3L, 4L)),
            ["others"] = new List<object?> { true, false, null, new List<object?>(), new PthDictionary(ordered: true) },
            ["numbered"] = new PthDictionary { { 0, "zero" }, { -5, "minus five" } },
        };
        PthFile.Write(folder.File("model.pth"), value);

        var found = PyTorchFactAttribute.Run(_script, folder.File("model.pth"));

        Assert.Equal(Description.Of(value), Description.Normalise(found));
    }

    [PyTorchFact]
    public void TorchLoadOfWeightsOnlyFindsAStateDictionary()
    {
        using var folder = new TemporaryFolder();
        var state = PthFile.Read(Fixture.Path("state.pth"));
        PthFile.Write(folder.File("model.pth"), state);

        var found = PyTorchFactAttribute.Run(_script, "--weights-only", folder.File("model.pth"));

        Assert.Equal(Description.Of(state), Description.Normalise(found));
    }

    [PyTorchFact]
    public void PyTorchResumesTrainingFromOurCheckpointAsFromItsOwn()
    {
        using var folder = new TemporaryFolder();
        var original = Fixture.Path("checkpoint-adam.pth");
        PthFile.Write(folder.File("model.pth"), PthFile.Read(original));

        var fromOurs = PyTorchFactAttribute.Run(_script, "--resume", folder.File("model.pth"));

        Assert.Equal(PyTorchFactAttribute.Run(_script, "--resume", original), fromOurs);
    }

    [PyTorchFact]
    public void TensorsWrittenOnceForTwoNamesShareMemoryInPyTorch()
    {
        using var folder = new TemporaryFolder();
        var shared = PthTensor.FromArray([1f, 2f], 2);
        PthFile.Write(folder.File("model.pth"), new List<object?> { shared, shared });
        File.WriteAllText(folder.File("shares.py"), """
            import sys, torch
            first, second = torch.load(sys.argv[1])
            print(first.data_ptr() == second.data_ptr())
            """);

        Assert.Equal("True", PyTorchFactAttribute.Run(folder.File("shares.py"), folder.File("model.pth")).Trim());
    }

    /// <summary>What the reader of PyTorch 2 for weights_only=True, its default since 2.6, understands.</summary>
    [PyTorchFact]
    public void OnlyOpcodesOfPyTorchsCautiousReaderAreWritten()
    {
        using var folder = new TemporaryFolder();
        PthFile.Write(folder.File("model.pth"), PthFile.Read(Fixture.Path("plain.pth")));
        File.WriteAllText(folder.File("opcodes.py"), """
            import pickletools, sys, zipfile
            known = set("PROTO GLOBAL REDUCE MARK APPENDS SETITEMS TUPLE EMPTY_TUPLE EMPTY_LIST EMPTY_DICT NONE NEWTRUE"
                        " NEWFALSE BININT BININT1 BININT2 BINFLOAT LONG1 BINUNICODE BINPERSID STOP".split())
            pickle = zipfile.ZipFile(sys.argv[1]).read("archive/data.pkl")
            print(sorted({opcode.name for opcode, _, _ in pickletools.genops(pickle)} - known))
            """);

        Assert.Equal("[]", PyTorchFactAttribute.Run(folder.File("opcodes.py"), folder.File("model.pth")).Trim());
    }
}
