using System.Globalization;
using DigitService.Recognition.Data;
using DigitService.Recognition.Feedback;
using DigitService.Recognition.Tests.Feedback;

namespace DigitService.Recognition.Tests.Processes;

/// <summary>What a child process does with a store of feedback, telling each change before it is made and when it is.</summary>
internal static class FeedbackWorker
{
    internal const string Done = "done";
    internal const int Deleted = -1;

    private const int Imported = 20;

    /// <summary>Stores, corrects, imports and deletes as fast as it can until it is killed.</summary>
    internal static void WorkForever(string folder, int seed)
    {
        // What is done for the first time is compiled meanwhile, which takes longer than all that follows.
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        Work(new FeedbackStore($"{folder}-first"), new SplitMix64(seed, 1), 0);
        Console.SetOut(output);

        var (store, random) = (new FeedbackStore(folder), new SplitMix64(seed, 0));
        Console.WriteLine(RegistryWorker.Ready);
        for (var round = 1; ; round++)
        {
            random = Work(store, random, (seed * 100) + round);
        }
    }

    /// <summary>A change of each kind; now and then all is deleted.</summary>
    private static SplitMix64 Work(FeedbackStore store, SplitMix64 random, int round)
    {
        var number = round * (Imported + 1);
        var added = FeedbackPictures.New(number, random.Below(11));
        Tell(() => store.Add(added), (FeedbackSample.IdOf(added.Picture.Span), added.Label));

        var samples = store.List();
        var (corrected, label) = (samples[random.Below(samples.Count)].Id, random.Below(11));
        Tell(() => store.SetLabel(corrected, label), (corrected, label));
        if (round % 3 == 0)
        {
            Import(store, [.. Enumerable.Range(number + 1, Imported).Select(picture => (picture, picture % 10))]);
        }

        var deleted = store.List()[random.Below(samples.Count)].Id;
        Tell(() => store.Delete(deleted), (deleted, Deleted));
        if (round % 50 == 0)
        {
            Tell(() => store.DeleteAll(), [.. store.List().Select(entry => (entry.Id, Deleted))]);
        }

        return random;
    }

    /// <summary>The changes that a line tells.</summary>
    internal static IEnumerable<(string Id, int Label)> Read(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(change => change.Split('='))
        .Select(change => (change[0], int.Parse(change[1], CultureInfo.InvariantCulture)));

    private static void Import(FeedbackStore store, (int Number, int Label)[] pictures)
    {
        using var file = FeedbackArchiveFacts.Zip([.. pictures.Select(picture => ($"{picture.Label}/a.png", FeedbackPictures.Png(picture.Number)))]);
        Tell(
            () => new FeedbackImport(store).Run(file),
            [.. pictures.Select(picture => (FeedbackSample.IdOf(FeedbackPictures.Png(picture.Number)), picture.Label))]);
    }

    private static void Tell(Action change, params (string Id, int Label)[] changes)
    {
        Console.WriteLine(string.Join(' ', changes.Select(told => $"{told.Id}={told.Label}")));
        change();
        Console.WriteLine(Done);
    }
}
