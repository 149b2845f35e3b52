using DigitService.Bench;
using DigitService.Recognition.Data;

const string Usage = """
    Without arguments all that has a peer is measured, and docs/benchmarks.md is written: about half an hour.
    What else is to be measured:
      quick PAGE                           the same in as few rounds as show that it works: about two minutes
      compare OLD.md NEW.md                how far the ratios of two such pages are apart; 1 if one is by more than 15%
      epoch                                an epoch of cnn beside PyTorch for Python
      road                                 the seconds to 99% of the test images, beside PyTorch for Python
      forward                              from 28×28 pixels to probabilities, beside PyTorch and ONNX Runtime
      start                                the service's start and its memory, beside FastAPI
      inference                            the steps of one prediction beside Pillow and PyTorch, one core
      http                                 POST /predict beside FastAPI, uvicorn and PyTorch, and where its time goes: about five minutes
      training                             POST /predict while nothing else happens, and while a run trains: two minutes
      crowd                                1,000 connections that ask for 30 seconds, and what is left of it afterwards
      reproduce FOLDER PAGE                every recipe with three seeds, and the road; runs and models go to the folder
      ink STROKES.jsonl.gz FOLDER [PAGE]   pen strokes on a canvas, read by every network that reproduce left in the folder
      heldout FOLDER                       MNIST's training images that its models held out, as they are and changed gently: half a minute a model
      page STROKES.jsonl.gz                300 of them drawn on the page in Chromium, beside the same as PNG: about ten minutes
      pictures STROKES.jsonl.gz FOLDER     draws digits and what is no digit, as people would send them: about two minutes
      writers STROKES.jsonl.gz [FROM-TO] [PAGE]
                                           30 digits of each writer are corrected, and the active model fine-tuned with them
      acceptance FOLDER [MODEL] [PAGE]     which of these pictures a model takes for digits
    """;

Leftovers.RemoveAtExit();
var rounds = BenchmarkRounds.Full;
switch (args)
{
    case []:
        await new WholeBenchmark(MnistDataset.FindFolder(), rounds).Write(WholeBenchmark.Page);
        return 0;
    case ["quick", var page]:
        await new WholeBenchmark(MnistDataset.FindFolder(), BenchmarkRounds.Quick).Write(page);
        return 0;
    case ["compare", var earlier, var later]:
        return BenchmarkDrift.Show(File.ReadAllText(earlier), File.ReadAllText(later)) ? 0 : 1;
    case ["epoch"]:
        BenchmarkTable.Show(EpochBenchmark.Measure(MnistDataset.FindFolder(), rounds.Epochs));
        return 0;
    case ["road"]:
        BenchmarkTable.Show(RoadBenchmark.Measure(MnistDataset.FindFolder(), rounds.Seeds));
        return 0;
    case ["forward"]:
        BenchmarkTable.Show(await WholeBenchmark.WithModels(MnistDataset.FindFolder(), folder =>
            Task.FromResult(ForwardBenchmark.Measure(folder, MnistDataset.FindFolder(), rounds.Forward))));
        return 0;
    case ["start"]:
        BenchmarkTable.Show(await WholeBenchmark.WithModels(
            MnistDataset.FindFolder(), folder => StartBenchmark.Measure(folder, rounds.Starts, rounds.Loads)));
        return 0;
    case ["inference"]:
        InferenceBenchmark.Run(MnistDataset.FindFolder());
        return 0;
    case ["http"]:
        await HttpProfile.Run(MnistDataset.FindFolder(), rounds.Http);
        return 0;
    case ["training"]:
        await TrainingLatencyBenchmark.Run(MnistDataset.FindFolder());
        return 0;
    case ["crowd"]:
        await CrowdBenchmark.Run(MnistDataset.FindFolder());
        return 0;
    case ["reproduce", var folder, var page]:
        new Reproduction(folder, MnistDataset.FindFolder()).Write(page);
        return 0;
    case ["ink", var strokes, var folder]:
        InkBenchmark.Run(strokes, folder, null);
        return 0;
    case ["ink", var strokes, var folder, var page]:
        InkBenchmark.Run(strokes, folder, page);
        return 0;
    case ["heldout", var folder]:
        HeldOutBenchmark.Run(MnistDataset.FindFolder(), folder);
        return 0;
    case ["page", var strokes]:
        await PageBenchmark.Run(strokes);
        return 0;
    case ["pictures", var strokes, var folder]:
        return AcceptancePictures.Draw(strokes, folder);
    case ["writers", var strokes, .. { Length: <= 2 } rest]:
        WritersBenchmark.Run(strokes, MnistDataset.FindFolder(), rest.ElementAtOrDefault(0) ?? "1-20", rest.ElementAtOrDefault(1));
        return 0;
    case ["acceptance", var folder, .. { Length: <= 2 } rest]:
        AcceptanceBenchmark.Run(folder, rest.ElementAtOrDefault(0), rest.ElementAtOrDefault(1));
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 1;
}
