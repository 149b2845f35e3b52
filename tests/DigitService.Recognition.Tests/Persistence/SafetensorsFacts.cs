using System.Text;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

public sealed class SafetensorsFacts
{
    [Fact]
    public void EveryTypeOfTensorReadsBackEqual()
    {
        using var folder = new TemporaryFolder();
        var tensors = new Dictionary<string, PthTensor>
        {
            ["bool"] = PthTensor.FromArray([true, false, true], 3),
            ["float32"] = PthTensor.FromArray([1.5f, -2.25f, float.PositiveInfinity, 1e-45f], 2, 2),
            ["float64"] = PthTensor.FromArray([0.1, -1e300], 1, 2, 1),
            ["int32"] = PthTensor.FromArray([int.MinValue, 7], 2),
            ["int64"] = PthTensor.FromArray([long.MaxValue, -1], 2),
            ["uint8"] = PthTensor.FromArray([(byte)0, (byte)255], 2),
            ["scalar"] = PthTensor.FromArray([4f]),
            ["empty"] = PthTensor.FromArray(Array.Empty<float>(), 2, 0),
            ["层 \"1\""] = PthTensor.FromArray([1f], 1),
        };

        SafetensorsFile.Write(folder.File("a"), tensors, new Dictionary<string, string> { ["who"] = "数字 🙂" });
        var read = SafetensorsFile.Read(folder.File("a"));

        Assert.Equal("数字 🙂", Assert.Single(read.Metadata).Value);
        Assert.Equal(tensors.Keys.Order(), read.Tensors.Keys.Order());
        Assert.All(tensors, entry =>
        {
            Assert.Equal(entry.Value.ToString(), read.Tensors[entry.Key].ToString());
            Assert.Equal(entry.Value.Data.ToArray(), read.Tensors[entry.Key].Data.ToArray());
        });
    }

    // The bytes as Hugging Face's description of the format has them.
    [Fact]
    public void TheBytesAreThoseOfTheFormat()
    {
        using var folder = new TemporaryFolder();

        SafetensorsFile.Write(
            folder.File("a"),
            new Dictionary<string, PthTensor> { ["b"] = PthTensor.FromArray([2f, 3f], 1, 2) },
            new Dictionary<string, string> { ["format"] = "pt" });

        const string Header =
            """{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""";
        Assert.Equal(
            File(Header.PadRight((Header.Length + 7) / 8 * 8), [0, 0, 0, 0x40, 0, 0, 0x40, 0x40]),
            System.IO.File.ReadAllBytes(folder.File("a")));
    }

    [Fact]
    public void TensorsBeginAtMultiplesOfTheirElementsSize()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder.File("a"), new Dictionary<string, PthTensor>
        {
            ["byte"] = PthTensor.FromArray([(byte)1], 1),
            ["float"] = PthTensor.FromArray([1f], 1),
            ["long"] = PthTensor.FromArray([1L], 1),
        });

        Assert.Equal(["long", "float", "byte"], SafetensorsFile.Read(folder.File("a")).Tensors.Keys);
    }

    [Fact]
    public void ATensorIsNotCalledAsTheMetadataAre()
    {
        using var folder = new TemporaryFolder();
        var tensors = new Dictionary<string, PthTensor> { ["__metadata__"] = PthTensor.FromArray([1f], 1) };

        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(folder.File("a"), tensors));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void NothingIsLeftOfAFileThatCannotBeWritten()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("a"));
        var tensors = new Dictionary<string, PthTensor> { ["b"] = PthTensor.FromArray([1f], 1) };

        Assert.ThrowsAny<Exception>(() => SafetensorsFile.Write(folder.File("a"), tensors));
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "not a range of the 7 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "end at 8, but there are 9 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "not a range")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "'-8', which is not a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", 8, "not a range")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "8 bytes, which do not fit F32 of the shape [3]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,5]}}""", 5, "do not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "'-2'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", 8, "'2.0'")]
    [InlineData("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "'2'")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "shape is not a list")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "do not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,0]}}""", 0, "not a whole number")]
    [InlineData("""{"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""", 8, "the dtype 'F16'. Accepted are F32, F64")]
    [InlineData("""{"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""", 8, "the dtype '7'")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "a dtype, a shape and data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", 8, "and nothing else")]
    [InlineData("""{"a":[]}""", 0, "a dtype, a shape and data_offsets")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "not an object of texts")]
    [InlineData("""{"__metadata__":[]}""", 0, "not an object of texts")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[[2]]],"data_offsets":[0,8]}}""", 8, "not the JSON of a safetensors file")]
    [InlineData("""{"a":""", 0, "not the JSON")]
    [InlineData("""{} {}""", 0, "not the JSON")]
    [InlineData("""[]""", 0, "does not begin with '{'")]
    [InlineData(""" {}""", 0, "does not begin with '{'")]
    [InlineData("", 0, "which begins with a header's length")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, "text that is not Unicode")]
    [InlineData("""{"a":{"dtype":"\ud800","shape":[],"data_offsets":[0,4]}}""", 4, "text that is not Unicode")]
    [InlineData("""{"a":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}""", 1, "a bool that is neither 0 nor 1")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[3,7]}}""",
        7,
        "'b' begin at 3, within another tensor; expected was 4")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[2],"data_offsets":[5,7]}}""",
        7,
        "'b' begin at 5, after a gap; expected was 4")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""",
        2,
        "not the JSON")]
    public void AMalformedFileIsRefusedWithTheReason(string header, int dataLength, string reason) => Assert.Contains(
        reason, Refusal(File(header, [.. Enumerable.Repeat((byte)2, dataLength)])), StringComparison.Ordinal);

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData((8UL << 20) + 1)]
    public void AHeaderThatWouldBeTooLongIsRefusedBeforeMemoryIsTaken(ulong length) =>
        Assert.Contains($"its header would have {length} bytes", Refusal(BitConverter.GetBytes(length).Append((byte)'{')), StringComparison.Ordinal);

    [Fact]
    public void ALimitIsNamedWhereAFilePassesIt()
    {
        var file = File("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", [1, 2]);

        Assert.Contains("up to 1 are read", Refusal(file, new SafetensorsLimits { MaximumTotalBytes = 1 }), StringComparison.Ordinal);
        Assert.Contains("more than 0 tensors", Refusal(file, new SafetensorsLimits { MaximumTensors = 0 }), StringComparison.Ordinal);
        Assert.Contains("up to 9 are read", Refusal(file, new SafetensorsLimits { MaximumHeaderBytes = 9 }), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileCutShortAnywhereIsRefused()
    {
        var whole = File("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", [1, 2]);

        for (var length = 0; length < whole.Length; length++)
        {
            Refusal(whole[..length]);
        }
    }

    [Fact]
    public void AFileWithAnyByteChangedIsReadOrRefusedAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        var file = File(
            """{"__metadata__":{"k":"v"},"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}""", [1, 0]);
        for (var index = 0; index < file.Length; index++)
        {
            foreach (var change in new byte[] { 0x01, 0x20, 0x80, 0xFF })
            {
                file[index] ^= change;
                System.IO.File.WriteAllBytes(folder.File("a"), file);
                try
                {
                    SafetensorsFile.Read(folder.File("a"));
                }
                catch (SafetensorsFormatException)
                {
                    // Refused.
                }

                file[index] ^= change;
            }
        }

        System.IO.File.WriteAllBytes(folder.File("a"), file);
        Assert.Single(SafetensorsFile.Read(folder.File("a")).Tensors);
    }

    private static byte[] File(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)text.Length), .. text, .. data];
    }

    private static string Refusal(IEnumerable<byte> bytes, SafetensorsLimits? limits = null)
    {
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllBytes(folder.File("a"), [.. bytes]);
        return Assert.Throws<SafetensorsFormatException>(() => SafetensorsFile.Read(folder.File("a"), limits)).Message;
    }
}
