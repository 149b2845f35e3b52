using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public sealed class TrainingOptionsFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OptionsOutOfTheirRangeAreAllNamedAtTheStart()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Host.Start(
            _folder, "--Training:QueueLength", "-1", "--Training:Connections", "1000000", "--Training:Folder", "", "--Training:Data", ""));
        foreach (var sentence in new[]
        {
            "Training:QueueLength is -1; accepted: 0 to 1,000.",
            "Training:Connections is 1000000; accepted: 0 to 100,000.",
            "Training:Folder is ''; accepted: a folder",
            "Training:Data is ''; accepted: the folder of MNIST's four files",
        })
        {
            Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void FoldersThatCannotBeAreNamedAtTheStart()
    {
        File.WriteAllText(_folder.File("file"), "");
        var error = Assert.Throws<InvalidOperationException>(() => Host.Start(
            _folder, "--Training:Folder", _folder.File("file"), "--Training:Data", _folder.File("missing")));
        Assert.Contains("file'; accepted: a folder, which is made if it is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("missing'; accepted: the folder of MNIST's four files", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoMoreClientsWatchThanMay()
    {
        using var host = Host.Start(_folder, "--Training:Connections", "1");
        await using var first = await TrainingHubClient.ConnectAsync(host);
        await first.WaitForAsync("snapshot");
        await using (var second = await TrainingHubClient.ConnectAsync(host))
        {
            await second.Ended;
        }

        await first.InvokeAsync("GetSnapshot");
        await first.WaitForAsync("snapshot");
        Assert.Contains("1 watch training already (Training:Connections)", host.Log, StringComparison.Ordinal);
    }
}
