using System.Text.Json;
using System.Text.RegularExpressions;

namespace DigitService.Tests;

public sealed partial class ReleaseFacts(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task TheServiceTellsTheNewestVersionOfTheChangelogWhereverItTellsOne()
    {
        var changelog = await File.ReadAllTextAsync(Path.Combine(
            Recognition.Data.ProjectFolder.FindOr(AppContext.BaseDirectory), "CHANGELOG.md"));
        var version = Release().Match(changelog).Groups["version"].Value;
        Assert.NotEmpty(version);

        Assert.Equal($"DigitService {version}\n", (await ConfigurationRun.OfAsync(["--version"])).Output);
        Assert.Contains($"DigitService {version} is at {host.Address.GetLeftPart(UriPartial.Authority)}", host.Log, StringComparison.Ordinal);
        Assert.Equal(version, await ReadAsync("/health/live", root => root.GetProperty("version")));
        Assert.Equal(version, await ReadAsync("/swagger/v1/swagger.json", root => root.GetProperty("info").GetProperty("version")));
    }

    private async Task<string?> ReadAsync(string path, Func<JsonElement, JsonElement> property)
    {
        using var document = JsonDocument.Parse(await host.Client.GetStringAsync(path));
        return property(document.RootElement).GetString();
    }

    [GeneratedRegex(@"^## \[(?<version>\d[^\]]*)\]", RegexOptions.Multiline)]
    private static partial Regex Release();
}
