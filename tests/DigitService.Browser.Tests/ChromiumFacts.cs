namespace DigitService.Browser.Tests;

public class ChromiumFacts
{
    [Fact]
    public async Task WhereThereIsNoChromiumTheFailureSaysWhatToInstall()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Chromium.LaunchAsync("/nowhere/chromium"));
        Assert.Contains("/nowhere/chromium", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install chromium", error.Message, StringComparison.Ordinal);
    }
}
