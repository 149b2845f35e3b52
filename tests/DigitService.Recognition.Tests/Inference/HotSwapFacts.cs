using DigitService.Recognition.Inference;
using TorchSharp;

namespace DigitService.Recognition.Tests.Inference;

public sealed class HotSwapFacts : IDisposable
{
    private const int Callers = 32;
    private const int Switches = 100;

    private readonly TwoModels _models = new();
    private readonly byte[] _pixels = Mnist.First(1, 1).Test.Image(0).ToArray();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task AHundredSwitchesUnderLoadLoseNoRequestNameNoWrongModelAndLeaveNothingBehind()
    {
        var tensors = torch.Tensor.TotalCount;
        var expected = new[] { _models.First, _models.Second }.ToDictionary(id => id, id => _models.ProbabilitiesBy(id, _pixels));
        Assert.NotEqual(expected[_models.First][0], expected[_models.Second][0], 1e-3f);
        using (var classifier = new DigitClassifier(_models.Registry))
        {
            classifier.Activate(_models.First);
            var isOver = false;
            var begun = Enumerable.Range(0, Callers).Select(_ => new TaskCompletionSource()).ToArray();
            var asking = Array.ConvertAll(begun, first => Task.Run(() => Ask(first)));

            // A hundred switches may be over before a busy machine has begun to ask.
            await Task.WhenAny([Task.WhenAll(begun.Select(first => first.Task)), .. asking]);
            for (var i = 1; i <= Switches; i++)
            {
                classifier.Activate(i % 2 == 0 ? _models.First : _models.Second);
            }

            Volatile.Write(ref isOver, true);
            var answered = await Task.WhenAll(asking);
            Assert.All(answered, counts => Assert.True(counts.Values.Sum() > 0));
            Assert.True(answered.Sum(counts => counts.Values.Sum()) > Callers);
            Assert.Equal(2, answered.SelectMany(counts => counts.Keys).Distinct().Count());

            async Task<Dictionary<string, int>> Ask(TaskCompletionSource first)
            {
                var counts = new Dictionary<string, int>();
                while (!Volatile.Read(ref isOver))
                {
                    // Some ask for whichever is active, some for one of both by its name.
                    var wanted = counts.Values.Sum() % 4 == 0 ? _models.Second : null;
                    var (prediction, id) = await classifier.ClassifyAsync(_pixels, wanted);
                    Assert.True(wanted is null || wanted == id, $"{id} answered instead of {wanted}.");
                    Assert.Equal(expected[id], prediction.Probabilities, (a, b) => Math.Abs(a - b) < 1e-5);
                    counts[id] = counts.GetValueOrDefault(id) + 1;
                    first.TrySetResult();
                }

                return counts;
            }
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.InRange(torch.Tensor.TotalCount, 0, tensors);
    }
}
