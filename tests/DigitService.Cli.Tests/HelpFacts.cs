namespace DigitService.Cli.Tests;

public class HelpFacts
{
    [Theory]
    [InlineData("train")]
    [InlineData("resume")]
    [InlineData("evaluate")]
    [InlineData("predict")]
    [InlineData("networks")]
    [InlineData("runs")]
    [InlineData("compare")]
    [InlineData("models")]
    [InlineData("activate")]
    [InlineData("rollback")]
    [InlineData("export")]
    [InlineData("import")]
    public void EveryCommandsHelpFitsAPageAndEndsWithExamples(string command)
    {
        var (exitCode, output, errors) = Digits.Run(command, "--help");
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains($"Usage  digits {command} ", output, StringComparison.Ordinal);
        Assert.Contains($"\nExamples\n  digits {command}", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 150));
    }

    [Fact]
    public void TheProgramsHelpTellsCommandsAndExitCodes()
    {
        var (exitCode, output, _) = Digits.Run("--help");
        Assert.Equal(0, exitCode);
        Assert.Equal(output, Digits.Run().Output);
        foreach (var text in new[] { "  resume ", "  compare ", "  import ", "--models FOLDER", "Exit codes", "  130 " })
        {
            Assert.Contains(text, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void HelpOnTrainingTeachesTheKnobsAndTheRecipes()
    {
        var output = Digits.Run("train", "--help").Output;
        string[] texts = ["--label-smoothing X ", "0 to below 1", "--schedule none|step|plateau|cosine|onecycle|cycles", "--drawn SHARE ", "--non-digits SHARE ", "--average X ", "\nRecipes\n", "  fast "];
        foreach (var text in texts)
        {
            Assert.Contains(text, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnUnknownCommandIsNamed()
    {
        var (exitCode, output, errors) = Digits.Run("trian");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("'trian'", errors, StringComparison.Ordinal);
        Assert.Contains("What is accepted: digits --help", errors, StringComparison.Ordinal);
    }
}
