using System.Runtime.InteropServices;
using DigitService.Recognition.Data;
using DigitService.Recognition.Inference;
using DigitService.Recognition.Networks;
using DigitService.Recognition.Training;
using TorchSharp;
using static TorchSharp.torch.nn;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DigitService.Recognition.Evaluation;

/// <summary>How well a network reads images.</summary>
/// <param name="Loss">The mean cross-entropy, in nats.</param>
/// <param name="Accuracy">The share that is read right, 0 to 1.</param>
public sealed record EvaluationResult(double Loss, double Accuracy);

/// <summary>
/// Measures networks on labelled images, in inference mode; the network is left in the mode that it was in. Images are
/// read as the service reads pictures, what is doubtful again (<see cref="SecondLook"/>). No result depends on how many
/// threads share the work.
/// </summary>
public static class Evaluator
{
    private const int BatchSize = 250;

    /// <summary>Loss and accuracy, and nothing else.</summary>
    /// <param name="network">Reads N×1×28×28 and gives N×10 or N×11, logits or logarithms of probabilities.</param>
    /// <param name="images">What it is to read.</param>
    /// <param name="normalization">What the network was trained with.</param>
    public static EvaluationResult Evaluate(
        Network network, DigitImages images, Normalization normalization = Normalization.Mnist)
    {
        using var team = new WorkerTeam(1);
        return Evaluate(network, images, All(images), normalization, team);
    }

    /// <summary>The probabilities that the network gives to the ten digits: count×10, image by image.</summary>
    /// <param name="network">Reads N×1×28×28 and gives N×10 or N×11, logits or logarithms of probabilities.</param>
    /// <param name="images">What it is to read.</param>
    /// <param name="normalization">What the network was trained with.</param>
    /// <param name="threads">How many threads share the images, 1 or more.</param>
    /// <param name="temperature">What the network's answers are divided by before the softmax; 1 leaves them as they are.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static float[] Probabilities(
        Network network,
        DigitImages images,
        Normalization normalization = Normalization.Mnist,
        int threads = 1,
        double temperature = 1,
        CancellationToken cancellation = default) => Answers(
            network, images, All(images), normalization, threads, logits => functional.softmax(logits.div(temperature), 1), cancellation);

    /// <summary>What the network answers to some of the images: count×10, logits or logarithms of probabilities.</summary>
    internal static float[] Logits(
        Network network, DigitImages images, int[] numbers, Normalization normalization, int threads, CancellationToken cancellation) =>
        Answers(network, images, numbers, normalization, threads, logits => logits.contiguous(), cancellation);

    /// <param name="network">Reads N×1×28×28 and gives N×10 or N×11, logits or logarithms of probabilities.</param>
    /// <param name="images">Where the images are.</param>
    /// <param name="numbers">Which of them it is to read; what shows no digit is left out.</param>
    /// <param name="normalization">What the network was trained with.</param>
    /// <param name="team">Who shares the work.</param>
    internal static EvaluationResult Evaluate(
        Network network, DigitImages images, int[] numbers, Normalization normalization, WorkerTeam team)
    {
        numbers = Array.FindAll(numbers, number => images.Label(number) != DigitImages.NoDigit);
        int[][] batches = [.. numbers.Chunk(BatchSize)];
        var results = new (double Loss, long Correct)[batches.Length];
        ForEachBatch(network, batches, team, i =>
        {
            var (input, target) = Batch.Make(images, batches[i], normalization);
            var output = Read(network, input, normalization);
            var loss = functional.cross_entropy(output, target, reduction: Reduction.Sum);
            results[i] = (loss.item<float>(), output.argmax(1).eq(target).sum().item<long>());
        });

        // Summed in the images' order, whichever thread was first.
        return new EvaluationResult(
            results.Sum(result => result.Loss) / numbers.Length,
            (double)results.Sum(result => result.Correct) / numbers.Length);
    }

    private static float[] Answers(
        Network network,
        DigitImages images,
        int[] numbers,
        Normalization normalization,
        int threads,
        Func<torch.Tensor, torch.Tensor> finish,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TorchRuntime.Configure();
        using var team = new WorkerTeam(threads) { Cancellation = cancellation };
        int[][] batches = [.. numbers.Chunk(BatchSize)];
        var answers = new float[numbers.Length * DigitImages.Classes];
        ForEachBatch(network, batches, team, i =>
        {
            var (input, _) = Batch.Make(images, batches[i], normalization);
            MemoryMarshal.Cast<byte, float>(finish(Read(network, input, normalization)).bytes)
                .CopyTo(answers.AsSpan(i * BatchSize * DigitImages.Classes));
        });
        return answers;
    }

    private static torch.Tensor Read(Network network, torch.Tensor input, Normalization normalization) =>
        NetworkOutput.Digits(SecondLook.Call(network.call, input, Batch.PaperOf(normalization)));

    private static int[] All(DigitImages images) => [.. Enumerable.Range(0, images.Count)];

    private static void ForEachBatch(Network network, int[][] batches, WorkerTeam team, Action<int> work)
    {
        var wasTraining = network.training;
        network.eval();
        try
        {
            team.Run(worker =>
            {
                for (var i = worker; i < batches.Length; i += team.Size)
                {
                    team.Cancellation.ThrowIfCancellationRequested();
                    using var scope = torch.NewDisposeScope();
                    using var inference = torch.inference_mode();
                    work(i);
                }
            });
        }
        finally
        {
            network.train(wasTraining);
        }
    }
}
