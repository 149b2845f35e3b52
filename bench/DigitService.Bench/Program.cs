using DigitService.Bench;
using DigitService.Recognition.Data;

const string Usage = """
    What is to be measured:
      epoch                                an epoch of cnn beside PyTorch for Python
      road                                 the seconds to 99% of the test images, beside PyTorch for Python
      start                                the service's start to ready, its first predictions, its memory after 10,000
      inference                            the steps of one prediction beside Pillow and PyTorch, one core
      http                                 POST /predict beside FastAPI, uvicorn and PyTorch: about five minutes
      training                             POST /predict while nothing else happens, and while a run trains: two minutes
      crowd                                1,000 connections that ask for 30 seconds, and what is left of it afterwards
      reproduce FOLDER PAGE                every recipe with three seeds, and the road; runs and models go to the folder
      ink STROKES.jsonl.gz FOLDER [PAGE]   pen strokes on a canvas, read by every network that reproduce left in the folder
      page STROKES.jsonl.gz                300 of them drawn on the page in Chromium, beside the same as PNG: about ten minutes
      pictures STROKES.jsonl.gz FOLDER     draws digits and what is no digit, as people would send them: about two minutes
      writers STROKES.jsonl.gz [FROM-TO] [PAGE]
                                           30 digits of each writer are corrected, and the active model fine-tuned with them
      acceptance FOLDER [MODEL] [PAGE]     which of these pictures a model takes for digits
    """;

switch (args)
{
    case [] or ["epoch"]:
        EpochBenchmark.Run(MnistDataset.FindFolder());
        return 0;
    case ["road"]:
        RoadBenchmark.Run(MnistDataset.FindFolder());
        return 0;
    case ["start"]:
        await StartBenchmark.Run(MnistDataset.FindFolder());
        return 0;
    case ["inference"]:
        InferenceBenchmark.Run(MnistDataset.FindFolder());
        return 0;
    case ["http"]:
        return await HttpBenchmark.Run(MnistDataset.FindFolder());
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
    case ["page", var strokes]:
        await PageBenchmark.Run(strokes);
        return 0;
    case ["pictures", var strokes, var folder]:
        return AcceptancePictures.Draw(strokes, folder);
    case ["writers", var strokes, .. { Length: <= 2 } rest]:
        WritersBenchmark.Run(strokes, MnistDataset.FindFolder(), rest.ElementAtOrDefault(0) ?? "1-10", rest.ElementAtOrDefault(1));
        return 0;
    case ["acceptance", var folder, .. { Length: <= 2 } rest]:
        AcceptanceBenchmark.Run(folder, rest.ElementAtOrDefault(0), rest.ElementAtOrDefault(1));
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 1;
}
