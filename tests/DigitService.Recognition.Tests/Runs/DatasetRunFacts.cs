using DigitService.Recognition.Data;
using DigitService.Recognition.Models;
using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Tests.Feedback;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Runs;

/// <summary>Runs that learn from pictures in folders.</summary>
public sealed class DatasetRunFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Scans => _folder.File("scans");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AModelKnowsWhatItLearnedFromAndWhatItWasTestedOn()
    {
        DatasetFiles.WritePictures(Path.Combine(Scans, "train"), DatasetFiles.Train, 120);
        DatasetFiles.WritePictures(Path.Combine(Scans, "test"), DatasetFiles.Test, 30);
        var outcome = Train(new TrainingOptions { Network = "mlp", Epochs = 2, BatchSize = 20, Replicas = 1 });
        var model = new ModelRegistry(_folder.File("models")).Get(outcome.Model.Id);
        Assert.Equal(("scans", "scans", 20), (model.Options!.Data, model.EvaluatedOn, model.Options.ValidationSize));
        Assert.Equal((30, 100), (outcome.Report.Count, 120 - model.Options.ValidationSize));
        Assert.NotNull(model.ValidationAccuracy);
    }

    [Fact]
    public void PicturesOfNoDigitAreLearnedFromByANetworkThatTells()
    {
        DatasetFiles.WritePictures(Scans, DatasetFiles.Train, 40);
        Directory.CreateDirectory(Path.Combine(Scans, "none"));
        File.WriteAllBytes(Path.Combine(Scans, "none", "stroke.png"), FeedbackPictures.Png(1));
        var options = new TrainingOptions { Network = "vgg", NonDigits = 0.1, Epochs = 1, BatchSize = 20, Replicas = 1, Data = "scans" }.FittedTo(41, null, null);
        using var trainer = new Trainer(options, Read(tells: true).Images.Train);
        Assert.Equal(35, trainer.TrainSize);
        trainer.Run();
        trainer.UseBestWeights();
        Assert.InRange(trainer.EvaluateTrainingImages().Accuracy, 0, 1);
    }

    [Fact]
    public void ARunGoesOnWithTheSamePicturesOnly()
    {
        DatasetFiles.WritePictures(Scans, DatasetFiles.Train, 60);
        var options = new TrainingOptions { Network = "mlp", Epochs = 1, BatchSize = 20, Replicas = 1, Data = "scans" }.FittedTo(60, null, null);
        var path = _folder.File("checkpoint.pth");
        using (var trainer = new Trainer(options, Read().Images.Train))
        {
            trainer.Run();
            using var file = File.Create(path);
            trainer.CreateCheckpoint().Write(file);
        }

        new Trainer(options, Read().Images.Train, Checkpoint.Read(path)).Dispose();
        File.WriteAllBytes(Path.Combine(Scans, "3", "new.png"), FeedbackPictures.Png(1));
        Assert.Throws<PthFormatException>(() => new Trainer(options, Read().Images.Train, Checkpoint.Read(path)));
    }

    private Dataset Read(bool tells = false) => DatasetFolder.Read(Scans, "scans", MnistDataset.FindFolder(), tells);

    private TrainingOutcome Train(TrainingOptions options)
    {
        var data = Read();
        var session = new TrainingSession(new ModelRegistry(_folder.File("models")), data.Images) { EvaluatedOn = data.EvaluatedOn };
        using var run = new RunStore(_folder.File("runs")).Create(
            (options with { Data = data.Name }).FittedTo(data.Images.Train.Count, null, null));
        return session.Run(run);
    }
}
