using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;

namespace DigitService.Recognition.Tests.Feedback;

public sealed class HostileArchiveFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FeedbackStore _store;

    public HostileArchiveFacts() => _store = new FeedbackStore(_folder.File("feedback"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("../../7/a.png", "leads out")]
    [InlineData("7/../../a.png", "leads out")]
    [InlineData("/etc/7/a.png", "leads out")]
    [InlineData("/7/a.png", "leads out")]
    [InlineData("..\\7\\a.png", "leads out")]
    [InlineData("C:/7/a.png", "leads out")]
    [InlineData("7//a.png", "leads out")]
    [InlineData("7/a\0.png", "leads out")]
    [InlineData("__MACOSX/7/._a.png", "hidden")]
    [InlineData("7/.DS_Store", "hidden")]
    [InlineData("a.png", "not in a folder of a label")]
    [InlineData("one/two/7/a.png", "not in a folder of a label")]
    [InlineData("10/a.png", "no label")]
    [InlineData("seven/a.png", "no label")]
    [InlineData("-1/a.png", "no label")]
    public void ANameThatIsNoPictureOfALabelIsSkippedWithTheReason(string name, string reason)
    {
        using var file = FeedbackArchiveFacts.Zip(("1/good.png", FeedbackPictures.Png(1)), (name, FeedbackPictures.Png(2)), ("2/good.png", FeedbackPictures.Png(3)));
        var report = RequireOne(file, reason);
        Assert.Equal((2, 1), (report.Added, report.Skipped));
        Assert.Equal(["feedback"], Directory.GetFileSystemEntries(_folder.File("")).Select(Path.GetFileName));
    }

    [Fact]
    public void ContentThatIsNoPictureIsSkippedWithTheReason()
    {
        var png = FeedbackPictures.Png(1);
        var damaged = png.ToArray();
        damaged[damaged.Length / 2] ^= 0xFF;
        using var inner = FeedbackArchiveFacts.Zip(("7/a.png", png));
        foreach (var (content, reason) in new (byte[], string)[]
        {
            (inner.ToArray(), "not a picture"),
            ("notes"u8.ToArray(), "not a picture"),
            ([], "no bytes"),
            (png[..(png.Length / 2)], "damaged"),
            (damaged, "damaged"),
            ("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "an SVG"),
            (GrayPng.Encode(new byte[900], 30), "Nothing is drawn"),
            (OfSide(20_000), "16 megapixels"),
        })
        {
            using var file = FeedbackArchiveFacts.Zip(("1/a.png", content), ("2/good.png", FeedbackPictures.Png(2)));
            Assert.Equal(1, RequireOne(file, reason).Skipped);
        }
    }

    [Fact]
    public void LinksDevicesAndEncryptedEntriesAreSkipped()
    {
        foreach (var (mode, reason) in new[] { (0xA1FF, "symbolic link"), (0x61B6, "neither a file"), (0x11B6, "neither a file") })
        {
            using var file = new MemoryStream();
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                var entry = zip.CreateEntry("7/link.png");
                entry.ExternalAttributes = mode << 16;
                using var content = entry.Open();
                content.Write("/etc/passwd"u8);
            }

            RequireOne(file, reason);
        }

        using var encrypted = FeedbackArchiveFacts.Zip(("7/a.png", FeedbackPictures.Png(1)));
        Patch(encrypted, "PK\x01\x02"u8, 8, 1);
        Patch(encrypted, "PK\x03\x04"u8, 6, 1);
        RequireOne(encrypted, "encrypted");
    }

    [Fact]
    public void AnEntryThatUnfoldsToMoreThanAPictureIsNotUnfoldedAndOneThatLiesNeither()
    {
        using var bomb = FeedbackArchiveFacts.Zip(("1/bomb.png", new byte[200 << 20]), ("2/good.png", FeedbackPictures.Png(1)));
        Assert.InRange(bomb.Length, 1, 1 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(1, RequireOne(bomb, "more than 10,485,760 bytes").Added);

        // The same, saying that it is small.
        using var liar = FeedbackArchiveFacts.Zip(("1/bomb.png", new byte[200 << 20]));
        Patch(liar, "PK\x01\x02"u8, 24, 1_000);
        RequireOne(liar, "");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300L << 20);
    }

    [Fact]
    public void ManyEntriesThatUnfoldToTooMuchTogetherEndTheImportThere()
    {
        using var file = FeedbackArchiveFacts.Zip([.. Enumerable.Range(0, 20).Select(i => ($"1/{i}.png", new byte[1 << 20])), ("2/good.png", FeedbackPictures.Png(1))]);
        var report = new FeedbackImport(_store, limits: new FeedbackImportLimits { MaximumBytes = 5 << 20 }).Run(file);
        Assert.Equal((0, 0, 0, 21), FeedbackArchiveFacts.Counts(report));
        Assert.Contains("Split it", report.Reasons[^1].Reason, StringComparison.Ordinal);

        using var pixels = FeedbackArchiveFacts.Zip([.. Enumerable.Range(0, 20).Select(i => ($"1/{i}.png", FeedbackPictures.Png(i)))]);
        Assert.Equal((2, 0, 0, 18), FeedbackArchiveFacts.Counts(
            new FeedbackImport(_store, limits: new FeedbackImportLimits { MaximumPixels = 8_000 }).Run(pixels)));
    }

    [Fact]
    public void EntriesThatLieOverOneAnotherAreRefused()
    {
        // Every line of the directory points at one and the same entry, as in bombs of 42 KB.
        using var one = FeedbackArchiveFacts.Zip(("1/bomb.png", new byte[8 << 20]));
        var bytes = one.ToArray();
        var start = bytes.AsSpan().LastIndexOf("PK\x01\x02"u8);
        var end = bytes.AsSpan().LastIndexOf("PK\x05\x06"u8);
        const int Count = 1_000;
        using var file = new MemoryStream();
        file.Write(bytes.AsSpan(0, start));
        for (var i = 0; i < Count; i++)
        {
            file.Write(bytes.AsSpan(start, end - start));
        }

        var tail = bytes[end..];
        BinaryPrimitives.WriteUInt16LittleEndian(tail.AsSpan(8), Count);
        BinaryPrimitives.WriteUInt16LittleEndian(tail.AsSpan(10), Count);
        BinaryPrimitives.WriteUInt32LittleEndian(tail.AsSpan(12), (uint)(Count * (end - start)));
        file.Write(tail);
        RequireRefused(file, "lie over one another");
    }

    [Fact]
    public void AMillionEntriesAreRefusedBeforeTheyTakeMemory()
    {
        const int Count = 1_000_000;
        var line = new byte[47];
        "PK\x01\x02"u8.CopyTo(line);
        (line[28], line[46]) = (1, (byte)'a');
        using var file = new MemoryStream(Count * 48);
        for (var i = 0; i < Count; i++)
        {
            file.Write(line);
        }

        var end = new byte[22];
        "PK\x05\x06"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), ushort.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), 47 * Count);
        file.Write(end);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RequireRefused(file, "more than 65,534 entries");

        // The same, saying that it is one, with a directory that is short, and with one that is long.
        foreach (var length in new[] { 47, 47 * 500_000 })
        {
            file.SetLength(47 * Count);
            file.Position = file.Length;
            BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), 1);
            BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), length);
            file.Write(end);
            RequireRefused(file, "more than 65,534 entries");
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void WhatIsNoZipIsRefused()
    {
        using var whole = FeedbackArchiveFacts.Zip([.. Enumerable.Range(0, 9).Select(i => ($"{i}/a.png", FeedbackPictures.Png(i)))]);
        foreach (var content in new[] { [], Encoding.ASCII.GetBytes("no ZIP"), FeedbackPictures.Png(1), whole.ToArray()[..^30], whole.ToArray()[100..] })
        {
            using var file = new MemoryStream(content);
            Assert.Throws<InvalidInputException>(() => new FeedbackImport(_store).Run(file));
        }

        Assert.Empty(_store.List());
    }

    [Fact]
    public void WhateverByteOfAZipIsChangedNothingWorseThanASkippedEntryHappens()
    {
        var whole = FeedbackArchiveFacts.Zip(("1/a.png", FeedbackPictures.Png(1)), ("2/b.png", FeedbackPictures.Png(2))).ToArray();
        var random = new SplitMix64(8, 0);
        for (var i = 0; i < 400; i++)
        {
            var broken = whole.ToArray();
            broken[random.Below(broken.Length)] ^= (byte)(1 + random.Below(255));
            using var file = new MemoryStream(broken);
            try
            {
                var report = new FeedbackImport(_store).Run(file);
                Assert.InRange(report.Added + report.Corrected + report.Unchanged + report.Skipped, 0, 2);
            }
            catch (InvalidInputException error)
            {
                Assert.NotEmpty(error.Message);
            }
        }

        Assert.All(_store.List(), entry => Assert.Null(entry.Error));
        Assert.Subset(
            new HashSet<string> { FeedbackSample.IdOf(FeedbackPictures.Png(1)), FeedbackSample.IdOf(FeedbackPictures.Png(2)) },
            _store.List().Select(entry => entry.Id).ToHashSet());
    }

    private FeedbackImportReport RequireOne(MemoryStream file, string reason)
    {
        var report = new FeedbackImport(_store).Run(file);
        Assert.Contains(reason, Assert.Single(report.Reasons).Reason, StringComparison.Ordinal);
        return report;
    }

    private void RequireRefused(MemoryStream file, string reason)
    {
        var error = Assert.Throws<InvalidInputException>(() => new FeedbackImport(_store).Run(file));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Empty(_store.List());
    }

    private static void Patch(MemoryStream file, ReadOnlySpan<byte> signature, int offset, int value)
    {
        var place = file.GetBuffer().AsSpan(0, (int)file.Length).IndexOf(signature) + offset;
        if (value == 1)
        {
            file.GetBuffer()[place] |= 1;
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.GetBuffer().AsSpan(place), value);
        }
    }

    private static byte[] OfSide(int side)
    {
        var file = FeedbackPictures.Png(1);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), side);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), side);
        return file;
    }
}
