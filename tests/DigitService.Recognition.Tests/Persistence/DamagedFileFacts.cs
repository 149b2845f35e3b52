using System.IO.Compression;
using System.Text;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

public sealed class DamagedFileFacts
{
    private static readonly byte[] _pickle = [0x80, 2, (byte)'N', (byte)'.'];
    private static readonly byte[] _version = "3\n"u8.ToArray();

    [Theory]
    [InlineData("parameter.pth")]
    [InlineData("state-deflated.pth")]
    [InlineData("state-2.pth")]
    public void AFileCutShortAnywhereIsRefused(string name)
    {
        var whole = Fixture.Bytes(name);

        for (var length = 0; length < whole.Length; length++)
        {
            Forgery.Refusal(whole[..length]);
        }
    }

    [Fact]
    public void OurOwnFileCutShortAnywhereIsRefused()
    {
        var whole = Ours();

        for (var length = 0; length < whole.Length; length++)
        {
            Forgery.Refusal(whole[..length]);
        }
    }

    [Theory]
    [InlineData("parameter.pth")]
    [InlineData("state-deflated.pth")]
    public void AFileWithAnyByteChangedIsReadOrRefusedAndNothingElse(string name) =>
        AssertWithstands(Fixture.Bytes(name));

    [Fact]
    public void OurOwnFileWithAnyByteChangedIsReadOrRefusedAndNothingElse() => AssertWithstands(Ours());

    [Fact]
    public void APickleWithAnyByteChangedIsReadOrRefusedAndNothingElse()
    {
        using var zip = new ZipArchive(new MemoryStream(Fixture.Bytes("plain.pth")));
        var entries = zip.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            return (entry.FullName, content.ToArray());
        }).ToArray();
        var pickle = entries.Single(entry => entry.FullName == "plain/data.pkl").Item2;

        // Packed anew each time, so that the checksum is right and the pickle is really run.
        for (var index = 0; index < pickle.Length; index++)
        {
            foreach (var change in new byte[] { 0x01, 0x80, 0xFF })
            {
                pickle[index] ^= change;
                AssertReadOrRefused(Forgery.Zip(entries));
                pickle[index] ^= change;
            }
        }
    }

    [Fact]
    public void AFlippedBitInAWeightIsFoundByItsChecksum()
    {
        var file = Ours();
        var marker = file.AsSpan().IndexOf("a weight"u8);
        file[marker] ^= 1;

        Assert.Contains("checksum of 'archive/data/0' does not match", Forgery.Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void RandomBytesAreRefused()
    {
        var random = new Random(1);
        for (var length = 1; length < 300; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            Forgery.Refusal(bytes);
            "PK\u0003\u0004"u8[..Math.Min(4, length)].CopyTo(bytes);
            Forgery.Refusal(bytes);
        }
    }

    [Fact]
    public void AnEmptyFileIsRefused() => Assert.Contains("is empty", Forgery.Refusal([]), StringComparison.Ordinal);

    [Fact]
    public void APictureIsRefused() => Assert.Contains(
        "is not a PyTorch checkpoint",
        Forgery.Refusal([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        StringComparison.Ordinal);

    [Fact]
    public void AZipArchiveOfOtherFilesIsRefused() =>
        AssertRefused("no data.pkl in its top folders", ("word/document.xml", _pickle), ("a/version", _version));

    [Fact]
    public void AnEmptyZipArchiveIsRefused() => Forgery.Refusal(Forgery.Zip());

    [Theory]
    [InlineData("data.pkl")]
    [InlineData("a/b/data.pkl")]
    [InlineData("/data.pkl")]
    [InlineData("a/olddata.pkl")]
    public void APickleInAnotherPlaceIsRefused(string name) =>
        AssertRefused("no data.pkl in its top folders", (name, _pickle), ("a/version", _version));

    [Fact]
    public void AmbiguousArchivesAreRefused()
    {
        AssertRefused("more than one data.pkl", ("a/data.pkl", _pickle), ("b/data.pkl", _pickle));
        AssertRefused("two entries named 'a/data.pkl'", ("a/data.pkl", _pickle), ("a/data.pkl", _pickle));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("11")]
    [InlineData("three")]
    [InlineData("")]
    public void AnotherVersionIsRefused(string version) => AssertRefused(
        $"version is '{version}'", ("a/data.pkl", _pickle), ("a/version", Encoding.ASCII.GetBytes(version)));

    [Fact]
    public void AMissingVersionIsRefused() => AssertRefused("no version entry", ("a/data.pkl", _pickle));

    [Fact]
    public void AVersionOfMegabytesIsRefused() =>
        AssertRefused("not a few", ("a/data.pkl", _pickle), ("a/version", new byte[1 << 20]));

    [Fact]
    public void AnyFolderNameAndForeignEntriesAreFine() => Assert.Null(Forgery.Read(Forgery.Zip(
        ("数字/", []), ("数字/data.pkl", _pickle), ("数字/version", _version), ("数字/notes", [1]), ("other/x", [2]))));

    [Fact]
    public void AFileThatIsNotThereIsNotCalledDamaged()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<FileNotFoundException>(() => PthFile.Read(folder.File("missing.pth")));
    }

    private static byte[] Ours()
    {
        var file = new MemoryStream();
        var weights = PthTensor.FromArray("a weight"u8.ToArray(), 2, 4);
        PthFile.Write(file, new PthDictionary { ["weights"] = weights, ["epoch"] = 3L });
        return file.ToArray();
    }

    private static void AssertRefused(string expected, params (string Name, byte[] Content)[] entries) =>
        Assert.Contains(expected, Forgery.Refusal(Forgery.Zip(entries)), StringComparison.Ordinal);

    private static void AssertWithstands(byte[] file)
    {
        for (var index = 0; index < file.Length; index++)
        {
            foreach (var change in new byte[] { 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF })
            {
                file[index] ^= change;
                AssertReadOrRefused(file);
                file[index] ^= change;
            }
        }
    }

    private static void AssertReadOrRefused(byte[] file)
    {
        try
        {
            Description.Of(Forgery.Read(file));
        }
        catch (PthFormatException refusal)
        {
            Assert.StartsWith("model.pth: ", refusal.Message, StringComparison.Ordinal);
        }
    }
}
