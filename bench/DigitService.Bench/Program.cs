using DigitService.Bench;
using DigitService.Recognition.Data;

const string Usage = """
    What is to be measured:
      epoch                                an epoch of cnn beside PyTorch for Python
    """;

switch (args)
{
    case [] or ["epoch"]:
        EpochBenchmark.Run(MnistDataset.FindFolder());
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 1;
}
