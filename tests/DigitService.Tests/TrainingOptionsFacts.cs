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
            "Training:Folder is empty; accepted: a folder",
            "Training:Data is empty; accepted: a folder",
        })
        {
            Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        }
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
