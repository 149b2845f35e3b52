namespace DigitService.Cli.Tests;

/// <summary>A workplace with one model, made once for the facts of a class. Facts that change it work on a copy.</summary>
public sealed class TrainedWorkplace : IDisposable
{
    public TrainedWorkplace() => Workplace.Output(["train", .. Workplace.Quick]);

    internal Workplace Workplace { get; } = new(2_000, 300);

    internal string ModelId => Workplace.Models.GetActiveId()!;

    internal string RunId => Workplace.Runs.List()[0].Id;

    public void Dispose() => Workplace.Dispose();
}
