using DigitService.Recognition.Models;
using DigitService.Recognition.Runs;

namespace DigitService.Cli.Tests;

/// <summary>Folders of models, runs and a small MNIST, on which the program works.</summary>
public sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("digits-");
    private readonly SmallMnist _data;

    internal Workplace(int train, int test) => _data = new SmallMnist(train, test);

    internal ModelRegistry Models => new(File("models"));

    internal RunStore Runs => new(File("runs"));

    /// <summary>Options that make a run of a second.</summary>
    internal static string[] Quick { get; } = ["--network", "mlp", "--epochs", "2", "--validation-size", "100", "--batch-size", "50"];

    internal string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Runs a command on other folders of models and runs.</summary>
    internal (int ExitCode, string Output, string Errors) RunIn(string models, string runs, string[] arguments) =>
        Digits.Run([.. arguments, "--models", models, "--runs", runs, "--data", _data.Path]);

    internal Digits Start(params string[] arguments) => new([.. arguments, .. Folders()]);

    internal (int ExitCode, string Output, string Errors) Run(params string[] arguments) =>
        Digits.Run([.. arguments, .. Folders()]);

    /// <summary>Runs a command that is to succeed, for its output.</summary>
    internal string Output(params string[] arguments)
    {
        var (exitCode, output, errors) = Run(arguments);
        Assert.Equal((0, ""), (exitCode, errors));
        return output;
    }

    /// <summary>The weights of the only model, byte for byte.</summary>
    internal byte[] OnlyWeights()
    {
        using var weights = Models.OpenWeights(Assert.Single(Models.List()).Id);
        using var bytes = new MemoryStream();
        weights.CopyTo(bytes);
        return bytes.ToArray();
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    private string[] Folders() => ["--models", File("models"), "--runs", File("runs"), "--data", _data.Path];
}
