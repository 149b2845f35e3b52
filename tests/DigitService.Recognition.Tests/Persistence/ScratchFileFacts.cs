using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

public sealed class ScratchFileFacts
{
    [Fact]
    public void ItIsWrittenAndReadAndGoneWhenItIsClosed()
    {
        using var folder = new TemporaryFolder();
        using (var file = ScratchFile.Create(folder.File("new")))
        {
            file.Write("hello"u8);
            file.Position = 0;
            Assert.Equal((byte)'h', file.ReadByte());
            Assert.Equal(OperatingSystem.IsWindows() ? 1 : 0, Directory.GetFileSystemEntries(folder.File("new")).Length);
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder.File("new")));
    }
}
