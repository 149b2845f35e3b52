using System.Text.Json;
using DigitService.Recognition.Tests;

namespace DigitService.Cli.Tests;

public class PredictCommandFacts(TrainedWorkplace trained) : IClassFixture<TrainedWorkplace>
{
    private readonly Workplace _workplace = trained.Workplace;

    [Fact]
    public void EveryPictureGetsItsDigitAndTenProbabilities()
    {
        // The first two of MNIST's test images are a 7 and a 2 that any network reads.
        var output = _workplace.Output("predict", Picture("seven.bmp", 0), Picture("two.bmp", 1));
        Assert.Matches(@"seven\.bmp shows 7, with a confidence of \d+\.\d\d%\n(  \d .+%\n){10}", output);
        Assert.Contains("two.bmp shows 2", output, StringComparison.Ordinal);
    }

    [Fact]
    public void ShowDrawsWhatTheNetworkSees()
    {
        var lines = _workplace.Output("predict", "--show", Picture("seven.bmp", 0)).Split('\n');

        // A heading, and 28 rows of pixels, two a line; a 7 has its bar above.
        Assert.Equal(1 + 14, lines.Length - 1);
        Assert.Contains(lines[1..8], line => Dark(line) >= 8);
        Assert.DoesNotContain(lines[9..15], line => Dark(line) >= 8);

        static int Dark(string line) => line.Take(28).Count(character => character is '#' or '%' or '@');
    }

    [Fact]
    public void ATerminalWithColoursGetsTwoPixelsACharacterInShadesOfGray()
    {
        var pixels = new byte[784];
        (pixels[0], pixels[28]) = (200, 100);
        var lines = DigitPicture.Lines(pixels, hasColors: true);
        Assert.Equal(14, lines.Count);
        Assert.StartsWith("[rgb(200,200,200) on rgb(100,100,100)]▀[/][rgb(0,0,0) on rgb(0,0,0)]▀[/]", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void JsonHasAnEntryForEveryFile()
    {
        var (exitCode, output, errors) = _workplace.Run("predict", "--json", "--show", Picture("seven.bmp", 0), "/nowhere.png");
        Assert.Equal((1, ""), (exitCode, errors));
        using var json = JsonDocument.Parse(output);
        var (first, second) = (json.RootElement[0], json.RootElement[1]);
        Assert.Equal(7, first.GetProperty("digit").GetInt32());
        Assert.Equal(1, first.GetProperty("probabilities").EnumerateArray().Sum(value => value.GetDouble()), 3);
        Assert.Equal(trained.ModelId, first.GetProperty("model").GetString());
        Assert.Equal(784, first.GetProperty("pixels").GetArrayLength());
        Assert.Equal("/nowhere.png", second.GetProperty("file").GetString());
        Assert.Contains("Could not find file", second.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void APictureMayComeFromStandardInput()
    {
        var (exitCode, output, _) = Digits.RunWithInput(
            Pictures.Bmp(SmallMnist.TestImages.Image(1)), "predict", "-", "--models", _workplace.Models.Folder);
        Assert.Equal(0, exitCode);
        Assert.StartsWith("- shows 2", output, StringComparison.Ordinal);
    }

    [Fact]
    public void APictureThatCannotBeReadDoesNotKeepTheOthersFromBeingRead()
    {
        var text = _workplace.File("notes.png");
        File.WriteAllText(text, "These are my notes, and no picture.");
        var blank = _workplace.File("blank.bmp");
        File.WriteAllBytes(blank, Pictures.Bmp(new byte[784]));

        var (exitCode, output, errors) = _workplace.Run("predict", text, blank, Picture("seven.bmp", 0));
        Assert.Equal(1, exitCode);
        Assert.Contains("seven.bmp shows 7", output, StringComparison.Ordinal);
        Assert.Contains($"Error: {text}: This is not a picture.", errors, StringComparison.Ordinal);
        Assert.Contains($"Error: {blank}: Nothing is drawn in the picture.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void PlainTakesWhiteForInk()
    {
        var inverted = _workplace.File("inverted.bmp");
        File.WriteAllBytes(inverted, Pictures.Bmp([.. SmallMnist.TestImages.Image(0).ToArray().Select(pixel => (byte)(255 - pixel))]));
        Assert.Contains("shows 7", _workplace.Output("predict", inverted), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(_workplace.Output("predict", "--preprocess", "plain", "--json", "--show", inverted));
        Assert.Equal(255, json.RootElement[0].GetProperty("pixels")[0].GetInt32());
    }

    [Fact]
    public void WhatIsNoDigitIsSaidWithTheDigitThatIsNearestAndIsNoFailure()
    {
        var id = TellingModel.Register(_workplace.Models.Folder, TellingModel.NoDigit);
        var output = _workplace.Output("predict", "--model", id, Picture("seven.bmp", 0));
        Assert.Contains("seven.bmp: This does not look like a digit.\n", output, StringComparison.Ordinal);
        Assert.Matches(
            @"\n  The nearest would be 4, with a confidence of 93\.\d\d%\n  It is a digit with a probability of 5\.\d\d%\n(  \d .+%\n){10}", output);

        using var json = JsonDocument.Parse(_workplace.Output("predict", "--json", "--model", id, Picture("seven.bmp", 0)));
        var answer = json.RootElement[0];
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("digit").ValueKind);
        Assert.Equal("This does not look like a digit.", answer.GetProperty("reason").GetString());
        Assert.InRange(answer.GetProperty("isDigit").GetDouble(), 0.04, 0.06);
    }

    [Fact]
    public void WhatCouldBeTwoDigitsNamesThemAndWhatIsTrustedTellsHowProbablyItIsADigit()
    {
        var undecided = TellingModel.Register(_workplace.Models.Folder, TellingModel.Undecided);
        Assert.Contains(
            "seven.bmp: This could be a 4 or a 9; neither is probable enough.",
            _workplace.Output("predict", "--model", undecided, Picture("seven.bmp", 0)),
            StringComparison.Ordinal);
        var five = TellingModel.Register(_workplace.Models.Folder, TellingModel.Five);
        Assert.Matches(
            @"seven\.bmp shows 5, with a confidence of 99\.9\d%\n  It is a digit with a probability of 99\.9\d%\n(  \d .+%\n){10}",
            _workplace.Output("predict", "--model", five, Picture("seven.bmp", 0)));
    }

    [Fact]
    public void WithoutAModelItIsSaidHowToComeByOne()
    {
        var (exitCode, _, errors) = Digits.Run("predict", "seven.png", "--models", _workplace.File("none"));
        Assert.Equal(1, exitCode);
        Assert.Contains("is active. 'digits models' lists them", errors, StringComparison.Ordinal);
    }

    private string Picture(string name, int image)
    {
        var path = _workplace.File(name);
        File.WriteAllBytes(path, Pictures.Bmp(SmallMnist.TestImages.Image(image)));
        return path;
    }
}
