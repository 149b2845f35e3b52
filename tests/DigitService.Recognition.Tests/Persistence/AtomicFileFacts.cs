using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

public sealed class AtomicFileFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AWriteThatFailsLeavesTheOldFileAndNothingElse()
    {
        var path = _folder.File("file");
        AtomicFile.Write(path, file => file.Write("old"u8));
        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(path, file =>
        {
            file.Write("half of the ne"u8);
            throw new InvalidDataException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["file"], _folder.Files);
    }

    [Fact]
    public void OnlyTemporaryNamesAreCleanedUp()
    {
        var kept = new[] { "file.tmp", ".notes.tmp", ".lock", ".abcdefgh.ijk", ".abcdefgh.ijkl.tmp" };
        foreach (var name in kept)
        {
            File.WriteAllText(_folder.File(name), "");
        }

        var temporary = TemporaryEntry.NewPath(_folder.File(""));
        Directory.CreateDirectory(Path.Combine(temporary, "inner"));
        File.WriteAllText(TemporaryEntry.NewPath(_folder.File("")), "");
        TemporaryEntry.TryDeleteAllIn(_folder.File(""), _folder.File(".lock"));
        Assert.Equal(kept.Order(), _folder.Files.Order());
        Assert.False(Directory.Exists(temporary));
    }
}
