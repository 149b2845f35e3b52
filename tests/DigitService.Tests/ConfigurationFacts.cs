using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public partial class ConfigurationFacts(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task TheVersionIsTold()
    {
        var run = await ConfigurationRun.OfAsync(["--version"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^DigitService \d+\.\d+\.\d+\n$", run.Output);
    }

    [Fact]
    public async Task WhatCanBeSetIsExplained()
    {
        var run = await ConfigurationRun.OfAsync(["--help"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Errors);
        Assert.Contains("--urls", run.Output, StringComparison.Ordinal);
        var settings = Settings(run.Output);
        Assert.Contains(("Training:QueueLength", "8"), settings);
        Assert.Contains(("Telemetry:OtlpEndpoint", ""), settings);
        var lines = run.Output.Split('\n');
        foreach (var (line, explanation) in lines.Zip(lines.Skip(1)).Where(pair => Setting().IsMatch(pair.First)))
        {
            Assert.True(explanation.TrimStart() != explanation && explanation.Trim().Length > 0, $"{line} is not explained.");
        }
    }

    [Fact]
    public async Task TheShippedSettingsAndTheirTableSayWhatHelpSays()
    {
        var settings = Settings((await ConfigurationRun.OfAsync(["--help"])).Output);
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "appsettings.json"));
        using var shipped = await JsonDocument.ParseAsync(file, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var table = await File.ReadAllTextAsync(Path.Combine(
            Recognition.Data.ProjectFolder.FindOr(AppContext.BaseDirectory), "docs", "configuration.md"));
        Assert.All(settings, setting =>
        {
            var (key, value) = setting;
            var found = Find(shipped.RootElement, key);
            var shippedValue = found is { ValueKind: JsonValueKind.Array } ? "" : found?.ToString();
            Assert.True(
                found is null || value.Equals(shippedValue, StringComparison.OrdinalIgnoreCase),
                $"{key} is '{found}' in appsettings.json and '{value}' by default.");

            // A default that depends on the machine is not in the file, and in the table in words.
            var row = found is null ? $"| `{key}` | " : value.Length == 0 ? $"| `{key}` | | " : $"| `{key}` | `{value}` | ";
            Assert.True(table.Contains(row, StringComparison.Ordinal), $"docs/configuration.md has no row that begins with {row}");
        });
    }

    [Theory]
    [InlineData("--Models:Foldr", "x", "Did you mean Models:Folder?")]
    [InlineData("--Training:queuelenght=3", "--urls=http://127.0.0.1:0", "Did you mean Training:QueueLength?")]
    [InlineData("--port", "9000", "Nothing is called --port")]
    [InlineData("--urls=http://127.0.0.1:0", "9000", "'9000' is no option")]
    [InlineData("--urls", "--environment", "--urls has no value")]
    public async Task AnOptionThatThereIsNotEndsItWithASentence(string one, string other, string expected)
    {
        var run = await ConfigurationRun.OfAsync([one, other]);
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task AllThatIsWrongIsSaidAtOnce()
    {
        var run = await ConfigurationRun.OfAsync(
        [
            "--urls", "hello;http://127.0.0.1:70000", "--Telemetry:IntervalSeconds", "0", "--Telemetry:OtlpEndpoint=there",
            "--Training:QueueLength", "many",
        ]);
        Assert.Equal(1, run.ExitCode);
        var lines = run.Errors.TrimEnd().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.Contains("Training:QueueLength is 'many'; accepted: a whole number.", lines);
        Assert.Contains("Telemetry:IntervalSeconds is 0; accepted: 1 to 3,600.", lines);
        Assert.Contains("Telemetry:OtlpEndpoint is 'there'; accepted: an address such as http://localhost:4318.", lines);
        Assert.Contains(lines, line => line.StartsWith("urls has 'hello'; accepted:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("urls has 'http://127.0.0.1:70000'; accepted:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task APortInUseIsNamedWithTheWayOut()
    {
        using var folder = new TemporaryFolder();
        var port = host.Address.Port.ToString(CultureInfo.InvariantCulture);
        var run = await ConfigurationRun.OfAsync(
            ["--urls", $"http://127.0.0.1:{port}", "--Models:Folder", folder.File("models"), "--Training:Folder", folder.File("runs")]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"http://127.0.0.1:{port}: address already in use", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--urls http://localhost:8081", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("fatal", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsThatAreNoJsonAreSaidToBeNone()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "*.json").Concat(Directory.GetFiles(AppContext.BaseDirectory, "*.dll")))
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
        }

        await File.WriteAllTextAsync(folder.File("appsettings.json"), "{ \"Models\": ");
        var run = await ConfigurationRun.OfAsync([], folder.File("DigitService.dll"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("appsettings.json", run.Errors, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 0", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    private static JsonElement? Find(JsonElement settings, string key) => key.Split(':').Aggregate(
        (JsonElement?)settings,
        (at, name) => at is { ValueKind: JsonValueKind.Object } section && section.TryGetProperty(name, out var inner) ? inner : null);

    private static List<(string Key, string Default)> Settings(string help) =>
        [.. Setting().Matches(help).Select(match => (match.Groups["key"].Value, match.Groups["default"].Value))];

    [GeneratedRegex(@"^  --(?<key>(Models|Predictions|Training|Security|Telemetry):\S+)(  \(default (?<default>.*)\))?$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
