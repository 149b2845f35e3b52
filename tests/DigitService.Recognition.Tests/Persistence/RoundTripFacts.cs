using System.Text;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

public sealed class RoundTripFacts
{
    [Theory]
    [InlineData(0L)]
    [InlineData(255L)]
    [InlineData(256L)]
    [InlineData(65_535L)]
    [InlineData(65_536L)]
    [InlineData(-1L)]
    [InlineData((long)int.MaxValue)]
    [InlineData((long)int.MinValue)]
    [InlineData(int.MaxValue + 1L)]
    [InlineData(int.MinValue - 1L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(0.1)]
    [InlineData(-0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.Epsilon)]
    [InlineData("")]
    [InlineData("数字 🙂")]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public void ASingleValueComesBackAsItWas(object? value) => AssertComesBack(value);

    [Fact]
    public void EveryElementTypeComesBackAsItWas() => AssertComesBack(new PthDictionary
    {
        ["float32"] = PthTensor.FromArray([1.5f, float.NaN, float.NegativeInfinity, -0f, 1e-45f, 2f], 2, 3),
        ["float64"] = PthTensor.FromArray([0.1, double.MaxValue], 2, 1),
        ["int64"] = PthTensor.FromArray([long.MinValue, long.MaxValue, 0], 3),
        ["int32"] = PthTensor.FromArray([int.MinValue, 7], 2),
        ["uint8"] = PthTensor.FromArray("\0\u007f"u8.ToArray(), 2),
        ["bool"] = PthTensor.FromArray([true, false], 1, 2),
    });

    [Fact]
    public void ScalarsAndEmptyTensorsComeBackAsTheyWere() => AssertComesBack(new List<object?>
    {
        PthTensor.FromArray([4f]),
        PthTensor.FromArray(Array.Empty<float>(), 0),
        PthTensor.FromArray(Array.Empty<long>(), 2, 0, 3),
        PthTensor.FromArray([1.0], 1, 1, 1, 1),
    });

    [Fact]
    public void ContainersOfEverySizeComeBackAsTheyWere()
    {
        foreach (var size in Enumerable.Range(0, 6).Append(3000))
        {
            var items = Enumerable.Range(0, size).Select(index => (object?)(long)index).ToArray();
            var dictionary = new PthDictionary();
            var ordered = new PthDictionary(ordered: true);
            foreach (var item in items)
            {
                dictionary[(long)item!] = item;
                ordered[$"layer.{item}"] = item;
            }

            AssertComesBack(new List<object?> { items.ToList(), new PthTuple(items), dictionary, ordered });
        }
    }

    [Fact]
    public void AnOptimisersStateComesBackAsItWas() => AssertComesBack(new PthDictionary
    {
        ["state"] = new PthDictionary
        {
            { 0, new PthDictionary { ["step"] = PthTensor.FromArray([2f]), ["momentum_buffer"] = null } },
            { -7, new PthDictionary() },
        },
        ["param_groups"] = new List<object?>
        {
            new PthDictionary
            {
                ["lr"] = 1e-3,
                ["betas"] = new PthTuple(0.9, 0.999),
                ["params"] = new List<object?> { 0L },
            },
        },
    });

    [Fact]
    public void EqualValuesMakeEqualBytesUnderAnyName()
    {
        using var folder = new TemporaryFolder();
        PthFile.Write(folder.File("a.pth"), State());
        PthFile.Write(folder.File("another name.pt"), State());
        var stream = new MemoryStream();
        PthFile.Write(stream, State());

        Assert.Equal(File.ReadAllBytes(folder.File("a.pth")), File.ReadAllBytes(folder.File("another name.pt")));
        Assert.Equal(File.ReadAllBytes(folder.File("a.pth")), stream.ToArray());

        static PthDictionary State() => new(ordered: true)
        {
            ["weight"] = PthTensor.FromArray([1f, 2f], 2),
            ["epoch"] = 3L,
        };
    }

    [Fact]
    public void ATensorThatIsUsedTwiceIsStoredOnce()
    {
        var tensor = PthTensor.FromArray(new float[1000], 1000);
        var stream = new MemoryStream();
        PthFile.Write(stream, new List<object?> { tensor, tensor });

        Assert.InRange(stream.Length, 4000, 5500);
        AssertComesBack(new List<object?> { tensor, tensor });
    }

    [Fact]
    public void StoragesStartAtMultiplesOf64Bytes()
    {
        var stream = new MemoryStream();
        PthFile.Write(stream, new List<object?>
        {
            PthTensor.FromArray("first marker"u8.ToArray(), 12),
            PthTensor.FromArray("second marker"u8.ToArray(), 13),
        });

        var text = Encoding.Latin1.GetString(stream.ToArray());
        Assert.Equal(0, text.IndexOf("first marker", StringComparison.Ordinal) % 64);
        Assert.Equal(0, text.IndexOf("second marker", StringComparison.Ordinal) % 64);
    }

    [Fact]
    public void AnInt32IsWrittenAsAnInteger() => Assert.Equal(5L, Again(5));

    [Fact]
    public void AStreamThatCannotSeekIsReadAndWritten()
    {
        var file = new MemoryStream();
        using (var forward = new ForwardOnlyStream(file))
        {
            PthFile.Write(forward, "value");
        }

        using var back = new ForwardOnlyStream(new MemoryStream(file.ToArray()));
        Assert.Equal("value", PthFile.Read(back, "model.pth"));
    }

    private static void AssertComesBack(object? value) =>
        Assert.Equal(Description.Of(value), Description.Of(Again(value)));

    private static object? Again(object? value)
    {
        using var folder = new TemporaryFolder();
        PthFile.Write(folder.File("model.pth"), value);
        return PthFile.Read(folder.File("model.pth"));
    }
}
