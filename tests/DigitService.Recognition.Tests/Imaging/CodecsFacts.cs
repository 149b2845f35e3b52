using DigitService.OpenCv;

namespace DigitService.Recognition.Tests.Imaging;

public sealed class CodecsFacts
{
    [Fact]
    public void APictureLargerThanAnnouncedIsRefusedBeforeItsPixelsAreAllocated()
    {
        // 128 MB of samples.
        var encoded = LargePicture.Png(4000, 4000, bits: 16, color: 6);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var before = process.PeakWorkingSet64;

        var refusal = Assert.Throws<CodecException>(() => Codecs.Decode(encoded, 1, 1, new byte[1], null));

        Assert.Equal("the picture is larger than its header says", refusal.Message);
        process.Refresh();
        Assert.InRange(process.PeakWorkingSet64 - before, long.MinValue, 64 << 20);
    }

    [Fact]
    public void TheLimitIsThatOfOneCall()
    {
        var drawing = ImageFixture.Bytes("rgba.png");
        Assert.Throws<CodecException>(() => Codecs.Decode(drawing, 1, 1, new byte[1], null));

        Codecs.Decode(drawing, 30, 40, new byte[30 * 40], new byte[30 * 40]);
    }
}
