using DigitService.Recognition.Persistence;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Tests.Processes;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Runs;

public sealed class DamagedRunFacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly RunStore _store;

    public DamagedRunFacts() => _store = new RunStore(_folder.File("runs"), _time);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run.json", "nonsense", "not JSON")]
    [InlineData("run.json", "{\"id\": \"x\"}", "the field 'status' is missing")]
    [InlineData("curve.csv", "step,loss,learningRate\n1,0.5,0.1\n2,x,0.1\n", "line 3 is not step 2")]
    [InlineData("curve.csv", "1,0.5,0.1\n", "first line")]
    public void ADamagedRunIsNamedAndHidesNoOther(string file, string content, string reason)
    {
        using var healthy = Create();
        using (var run = Create())
        {
            run.Start();
            run.Cancel();
        }

        var id = _store.List()[0].Id;
        File.WriteAllText(Path.Combine(_store.Folder, id, file), content);
        var error = Assert.Throws<DamagedEntryException>(() => (_store.Get(id), _store.ReadCurve(id)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(_store.List(), entry => entry.Id == healthy.Id && entry.Error is null);
        Assert.Equal(2, _store.List().Count);
    }

    [Fact]
    public void EpochsOutOfOrderInRunJsonAreNamed()
    {
        using var run = Create();
        run.Start();
        TestRun.Train(run, _time, firstEpoch: 1, lastEpoch: 2);
        var path = Path.Combine(_store.Folder, run.Id, "run.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"epoch\": 2", "\"epoch\": 3", StringComparison.Ordinal));
        Assert.Contains("epochs[1] is not epoch 2", Assert.Throws<DamagedEntryException>(() => _store.Get(run.Id)).Message, StringComparison.Ordinal);
    }

    private RunHandle Create() => _store.Create(new TrainingOptions(), RegistryWorker.Versions);
}
