namespace LibTorch.Tests.Parity;

/// <summary>The same seed drops what it drops in a PyTorch that is built as our libtorch is: without MKL.</summary>
public class BernoulliFacts
{
    public static TheoryData<string> Cases => [.. RandomCases.Truths.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ASeedDrawsPyTorchsTruthValues(string name) => RandomFacts.Draw(RandomCases.Truths, name, tolerance: 0);
}
