using System.Globalization;
using DigitService.Recognition.Data;

namespace DigitService.Bench;

/// <summary>
/// What the steps of one prediction cost on one core, beside Pillow and PyTorch for Python with the same weights: three
/// rounds in turns, medians. <c>plain</c> only resizes, as the peer does; <c>mnist</c> is what the peer has no like of.
/// </summary>
internal static class InferenceBenchmark
{
    private const int Rounds = 3;

    internal static void Run(string mnist)
    {
        using var folder = new BenchmarkFolder(mnist);
        var images = MnistDataset.Read(mnist).Test;
        Console.WriteLine("microseconds of CPU time for one picture   DigitService   Pillow and PyTorch");
        foreach (var network in BenchmarkFolder.Networks)
        {
            using var peer = new InferencePeer(folder, network);
            var (ours, theirs) = (new List<Dictionary<string, double>>(), new List<Dictionary<string, double>>());
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(InferenceCosts.OfForwardPasses(folder, network, images));
                theirs.Add(peer.Measure());
            }

            Show(network, ours, theirs);
            if (network == BenchmarkFolder.Networks[^1])
            {
                Show("any network", [.. Enumerable.Range(0, Rounds).Select(_ => InferenceCosts.OfPictures(folder))], theirs);
            }
        }
    }

    private static void Show(string network, List<Dictionary<string, double>> ours, List<Dictionary<string, double>> theirs)
    {
        foreach (var step in ours[0].Keys)
        {
            var peer = theirs[0].ContainsKey(step) ? Median(theirs, step).ToString("F1", CultureInfo.InvariantCulture) : "";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{network,-12} {step,-28} {Median(ours, step),12:F1}   {peer,18}"));
        }
    }

    private static double Median(List<Dictionary<string, double>> rounds, string step) =>
        rounds.Select(costs => costs[step]).Order().ElementAt(Rounds / 2);
}
