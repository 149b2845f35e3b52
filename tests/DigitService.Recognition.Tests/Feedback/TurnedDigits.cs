using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Feedback;

namespace DigitService.Recognition.Tests.Feedback;

/// <summary>Somebody who writes every digit lying on its side: what a model that has learned MNIST reads wrong.</summary>
internal static class TurnedDigits
{
    private const int Side = DigitImages.Side;

    /// <summary>A digit of MNIST's test images, turned by a quarter, with what it is.</summary>
    internal static NewFeedback New(int number, int? label = null)
    {
        var image = Mnist.Whole.Test.Image(number);
        var turned = new byte[DigitImages.Pixels];
        for (var i = 0; i < turned.Length; i++)
        {
            turned[i] = image[((Side - 1 - (i % Side)) * Side) + (i / Side)];
        }

        return new NewFeedback(GrayPng.Encode(turned, Side), turned, label ?? Mnist.Whole.Test.Label(number), FeedbackSource.Drawn, null);
    }

    /// <summary>A store with so many of them.</summary>
    internal static FeedbackStore Store(string folder, int count)
    {
        var store = new FeedbackStore(folder);
        store.AddAll([.. Enumerable.Range(0, count).Select(number => New(number))]);
        return store;
    }
}
