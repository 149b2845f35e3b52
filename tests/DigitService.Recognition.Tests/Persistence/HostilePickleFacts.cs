namespace DigitService.Recognition.Tests.Persistence;

public sealed class HostilePickleFacts
{
    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("subprocess", "Popen")]
    [InlineData("numpy.core.multiarray", "_reconstruct")]
    [InlineData("collections", "defaultdict")]
    [InlineData("torch", "load")]
    [InlineData("torch._utils", "_rebuild_tensor")]
    [InlineData("torch.storage", "UntypedStorage")]
    public void AFunctionOffTheListIsRefusedByNameAndNotRun(string module, string function)
    {
        using var folder = new TemporaryFolder();
        var argument = Forgery.Text($"touch {folder.File("executed")}");
        var names = Forgery.Text(module) + Forgery.Text(function);

        AssertNamed(Forgery.Refusal(Forgery.Archive($"c{module}\n{function}\n({argument}tR")));
        AssertNamed(Forgery.Refusal(Forgery.Archive($"{names}\u0093({argument}tR")));
        AssertNamed(Forgery.Refusal(Forgery.Archive($"({Forgery.Text("key")}c{module}\n{function}\n({argument}tRd")));
        AssertNamed(Forgery.Refusal(Forgery.Archive($"{Forgery.NoHooks}}}c{module}\n{function}\n({argument}tRb")));
        Assert.Empty(folder.Files);

        void AssertNamed(string message) =>
            Assert.Contains($"'{module}.{function}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACallWithinTheArgumentsOfAnAllowedOneIsRefusedAndNotRun()
    {
        using var folder = new TemporaryFolder();
        var inner = $"cos\nsystem\n({Forgery.Text($"touch {folder.File("executed")}")}tR";

        var message = Forgery.Refusal(Forgery.Archive($"ccollections\nOrderedDict\n({inner}tR"));

        Assert.Contains("'os.system'", message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("(X\u0002\0\0\0lsios\nsystem\n", "0x69")] // INST
    [InlineData("(ccollections\nOrderedDict\no", "0x6F")] // OBJ
    [InlineData("ccollections\nOrderedDict\n)\u0081", "0x81")] // NEWOBJ
    [InlineData("ccollections\nOrderedDict\n)}\u0092", "0x92")] // NEWOBJ_EX
    [InlineData("\u0082\u0001", "0x82")] // EXT1
    [InlineData("\u0083\u0001\0", "0x83")] // EXT2
    [InlineData("\u0084\u0001\0\0\0", "0x84")] // EXT4
    [InlineData("Pname\n", "0x50")] // PERSID
    [InlineData("I01\n", "0x49")] // INT, as text
    [InlineData("\u008F", "0x8F")] // EMPTY_SET
    [InlineData("\u0097", "0x97")] // NEXT_BUFFER
    [InlineData("\u00FF", "0xFF")]
    public void AnOpcodeThatNoStateNeedsIsRefusedByNumber(string pickle, string opcode) =>
        Assert.Contains($"opcode {opcode}", Forgery.Refusal(Forgery.Archive(pickle)), StringComparison.Ordinal);

    [Theory]
    [InlineData("ccollections\nOrderedDict\n(K\u0001tR")] // with an argument
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R")] // without any
    [InlineData("ctorch._utils\n_rebuild_parameter\n(NNNtR")]
    [InlineData("ctorch\nFloatStorage\n)R")] // a storage is not called
    [InlineData("X\u0001\0\0\0a)R")] // nor is a string
    [InlineData("ccollections\nOrderedDict\n]R")] // arguments come as a tuple
    [InlineData("ccollections\nOrderedDict\n")] // a class is no value
    [InlineData("]ctorch\nFloatStorage\na")]
    [InlineData("]}b")] // state is set on OrderedDicts only
    [InlineData("K\u0001Q")] // a persistent id is a tuple
    [InlineData("(K\u0001K\u0002tQ")]
    [InlineData("X\u0001\0\0\0aK\u0001\u0093")] // a name is a string
    [InlineData("}K\u0001a")] // a dictionary is not appended to
    [InlineData("]K\u0001K\u0002s")] // nor a list set by key
    [InlineData("}(K\u0001u")] // a key without its value
    [InlineData("}NNs")] // a key is a string or an integer
    [InlineData("}\u0088Ns")]
    [InlineData("})Ns")]
    [InlineData("}G\0\0\0\0\0\0\0\0Ns")]
    public void ACallOrContainerThatPyTorchDoesNotWriteIsRefused(string pickle) =>
        Forgery.Refusal(Forgery.Archive(pickle));

    [Theory]
    [InlineData("")] // nothing at all
    [InlineData("NN")] // one value too many
    [InlineData("(N")] // an open group
    [InlineData("t")] // a group closed that was not opened
    [InlineData("N(0")]
    [InlineData("K\u0001(\u0085")] // a value beneath a mark is out of reach
    [InlineData("\u0087")]
    [InlineData("R")]
    [InlineData("q\0")] // nothing to remember
    [InlineData("Nq\u0001")] // numbers begin with 0
    [InlineData("Nr\u00FF\u00FF\u00FF\u00FF")]
    [InlineData("h\0")] // nothing remembered
    [InlineData("Nq\0h\u0001")]
    [InlineData("j\u00FF\u00FF\u00FF\u00FF")]
    [InlineData("X\u00FF\u00FF\u00FF\u00FFabc")] // longer than the pickle
    [InlineData("X\u0002\0\0\0\u00C3\u00C3")] // not UTF-8
    [InlineData("\u008D\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF")]
    [InlineData("\u008A\u0009\0\0\0\0\0\0\0\0\u0001")] // 2^64
    [InlineData("\u008A\u0009\0\0\0\0\0\0\0\u0080\0")] // 2^63
    [InlineData("\u008B\u00FF\u00FF\u00FF\u00FF")] // a negative length
    [InlineData("cos")] // a name without its end
    [InlineData("N.N")] // more after the end
    public void APickleThatDoesNotAddUpIsRefused(string pickle) => Forgery.Refusal(Forgery.Archive(pickle));

    [Theory]
    [InlineData("")]
    [InlineData("\u0080")]
    [InlineData("\u0080\u0001N.")]
    [InlineData("\u0080\u0006N.")]
    [InlineData("N.")]
    public void APickleOfAnotherProtocolIsRefused(string pickle)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(pickle);

        Forgery.Refusal(Forgery.Zip(("a/data.pkl", bytes), ("a/version", "3\n"u8.ToArray())));
    }

    [Theory]
    [InlineData("\u008A\0", 0L)]
    [InlineData("\u008A\u0001\u00FF", -1L)]
    [InlineData("\u008A\u0002\u00FF\0", 255L)]
    [InlineData("\u008A\u0009\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007F\0", long.MaxValue)]
    [InlineData("\u008A\u000A\0\0\0\0\0\0\0\u0080\u00FF\u00FF", long.MinValue)]
    [InlineData("\u008B\u0001\0\0\0\u0080", -128L)]
    public void AnIntegerOfAnyLengthIsReadIfItFits64Bits(string pickle, long expected) =>
        Assert.Equal(expected, Forgery.Read(Forgery.Archive(pickle)));

    [Fact]
    public void AMessageKeepsTheFilesTextShortAndOnOneLine()
    {
        var message = Forgery.Refusal(Forgery.Archive(
            Forgery.Text("evil\r\nINFO all is well\u001B[2J") + Forgery.Text(new string('x', 5000)) + "\u0093"));

        Assert.DoesNotContain(message, char.IsControl);
        Assert.InRange(message.Length, 50, 500);
    }
}
