using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

public sealed class WriteFacts
{
    [Fact]
    public void AFileIsReplacedWholeAndNothingElseIsLeft()
    {
        using var folder = new TemporaryFolder();
        PthFile.Write(folder.File("model.pth"), "old");
        PthFile.Write(folder.File("model.pth"), "new");

        Assert.Equal("new", PthFile.Read(folder.File("model.pth")));
        Assert.Equal(["model.pth"], folder.Files);
    }

    [Fact]
    public void WritingIntoAMissingFolderLeavesNothingBehind()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<DirectoryNotFoundException>(() => PthFile.Write(folder.File("missing/model.pth"), 1L));
        Assert.Empty(Directory.GetFileSystemEntries(folder.File(".")));
    }

    [Fact]
    public void WritingIntoAReadOnlyFolderLeavesNothingHalfWrittenBehind()
    {
        using var folder = new TemporaryFolder();
        var locked = Directory.CreateDirectory(folder.File("locked"));
        var path = Path.Combine(locked.FullName, "model.pth");
        if (!OperatingSystem.IsWindows())
        {
            locked.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        }

        var failure = Record.Exception(() => PthFile.Write(path, 1L));

        // Root may write anywhere, and Windows knows no such folder; then the whole file is there.
        if (failure is null)
        {
            Assert.True(Environment.IsPrivilegedProcess || OperatingSystem.IsWindows());
            Assert.Equal([path], Directory.GetFileSystemEntries(locked.FullName));
            Assert.Equal(1L, PthFile.Read(path));
        }
        else
        {
            Assert.IsType<UnauthorizedAccessException>(failure);
            Assert.Empty(Directory.GetFileSystemEntries(locked.FullName));
        }

        if (!OperatingSystem.IsWindows())
        {
            locked.UnixFileMode |= UnixFileMode.UserWrite;
        }
    }

    [Fact]
    public void AWriteThatFailsAtTheRenameRemovesItsTemporaryFile()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("model.pth"));
        File.WriteAllText(folder.File("model.pth/inside"), "kept");

        Assert.ThrowsAny<Exception>(() => PthFile.Write(folder.File("model.pth"), 1L));

        Assert.Empty(folder.Files);
        Assert.Equal("kept", File.ReadAllText(folder.File("model.pth/inside")));
    }

    [Fact]
    public void AnExistingFileSurvivesAWriteThatFails()
    {
        using var folder = new TemporaryFolder();
        PthFile.Write(folder.File("model.pth"), "old");
        var bad = new PthDictionary
        {
            ["layers"] = new List<object?> { 1L, new PthDictionary { { 7, DateTime.UnixEpoch } } },
        };

        var failure = Assert.Throws<ArgumentException>(() => PthFile.Write(folder.File("model.pth"), bad));

        Assert.Contains("'layers/1/7' is a System.DateTime", failure.Message, StringComparison.Ordinal);
        Assert.Equal("old", PthFile.Read(folder.File("model.pth")));
        Assert.Equal(["model.pth"], folder.Files);
    }

    [Fact]
    public void AListThatContainsItselfIsRefused()
    {
        var list = new List<object?>();
        list.Add(list);

        var failure = Assert.Throws<ArgumentException>(() => PthFile.Write(Stream.Null, list));

        Assert.Contains("nested more than 64 deep", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsWrittenAtTheDeepestCanBeRead()
    {
        object? value = new List<object?>();
        for (var level = 1; level < PthLimits.Default.MaximumDepth; level++)
        {
            value = new List<object?> { value };
        }

        var file = new MemoryStream();
        PthFile.Write(file, value);

        Assert.NotNull(Forgery.Read(file.ToArray()));
    }

    [Fact]
    public void HalfASurrogatePairIsRefused() =>
        Assert.Throws<ArgumentException>(() => PthFile.Write(Stream.Null, "\uD83D"));
}
