using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace LibTorch.Tests.Native;

public sealed class InferenceInstructionsFacts
{
    [Fact]
    public void TheBestAreThoseOfTheProcessorUnlessTheEnvironmentSaysLess()
    {
        var processor = Avx512F.IsSupported ? InferenceInstructions.Avx512
            : Avx2.IsSupported && Fma.IsSupported ? InferenceInstructions.Avx2
            : InferenceInstructions.None;
        var most = Environment.GetEnvironmentVariable("LIBTORCH_INFERENCE") switch
        {
            "none" => InferenceInstructions.None,
            "avx2" => InferenceInstructions.Avx2,
            _ => InferenceInstructions.Avx512,
        };
        Assert.Equal(Math.Min(processor, most), InferenceInstructions.Best);
    }

    [Fact]
    public void LesserOnesAreUsedWhereTheyAreAskedFor()
    {
        for (var most = InferenceInstructions.None; most <= InferenceInstructions.Best; most++)
        {
            using var instructions = new InferenceInstructions(most);
            using var scope = NewDisposeScope();
            Assert.Equal(most, instructions.Used);

            // The kernels give a single picture's channels side by side; libtorch gives them one after another.
            var output = conv2d(Random(1, 10, 12, 12), InReadingOrder(Random(20, 10, 3, 3)));
            Assert.Equal(most == InferenceInstructions.None, output.is_contiguous());
        }
    }

    // Without kernels libtorch computes, which divides its work by the size of the batch.
    [Fact]
    public void APictureHasTheSameBitsAloneAndInABatch()
    {
        for (var most = InferenceInstructions.Avx2; most <= InferenceInstructions.Best; most++)
        {
            using var instructions = new InferenceInstructions(most);
            using var scope = NewDisposeScope();
            var (weight, bias, last) = (InReadingOrder(Random(20, 10, 3, 3)), Random(20), Random(11, 20 * 5 * 5));
            var (second, images) = (Random(20, 20, 3, 3), Random(9, 10, 12, 12));
            var seconds = winograd_weights(second);
            var together = Run(images);
            for (var i = 0; i < 9; i++)
            {
                Assert.Equal(together[(i * 11)..((i + 1) * 11)], Run(images[TensorIndex.Slice(i, i + 1)]));
            }

            float[] Run(Tensor input)
            {
                var convolved = winograd_conv2d(conv2d(input, weight, bias), seconds, second, bias, [1, 1]);
                return linear(max_pool2d(convolved, 2).flatten(1), last).data<float>().ToArray();
            }
        }
    }

    private static Tensor Random(params long[] shape) => randn(shape, generator: new Generator(3));

    private static Tensor InReadingOrder(Tensor weight) => weight.permute(2, 3, 1, 0).contiguous().permute(3, 2, 0, 1);
}
