using DigitService.Recognition.Data;
using DigitService.Recognition.Training;
using TorchSharp;
using static TorchSharp.torch.nn;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Evaluation;

/// <summary>How well a network reads images.</summary>
/// <param name="Loss">The mean cross-entropy, in nats.</param>
/// <param name="Accuracy">The share that is read right, 0 to 1.</param>
public sealed record EvaluationResult(double Loss, double Accuracy);

/// <summary>Measures networks on labelled images.</summary>
public static class Evaluator
{
    private const int BatchSize = 250;

    /// <summary>Reads all images once, in inference mode. The network is left in the mode that it was in.</summary>
    public static EvaluationResult Evaluate(Network network, DigitImages images)
    {
        using var team = new WorkerTeam(1);
        return Evaluate(network, images, team);
    }

    internal static EvaluationResult Evaluate(Network network, DigitImages images, WorkerTeam team)
    {
        var batches = Enumerable.Range(0, images.Count).Chunk(BatchSize).ToArray();
        var results = new (double Loss, long Correct)[batches.Length];
        var wasTraining = network.training;
        network.eval();
        try
        {
            team.Run(worker =>
            {
                for (var i = worker; i < batches.Length; i += team.Size)
                {
                    results[i] = Evaluate(network, images, batches[i]);
                }
            });
        }
        finally
        {
            network.train(wasTraining);
        }

        // Summed in the images' order: the result does not depend on how many threads shared the work.
        return new EvaluationResult(
            results.Sum(result => result.Loss) / images.Count,
            (double)results.Sum(result => result.Correct) / images.Count);
    }

    private static (double Loss, long Correct) Evaluate(Network network, DigitImages images, int[] batch)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        var (input, target) = Batch.Make(images, batch);
        var output = network.call(input);
        var loss = functional.cross_entropy(output, target, reduction: Reduction.Sum);
        return (loss.item<float>(), output.argmax(1).eq(target).sum().item<long>());
    }
}
