using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Tests.Persistence;

public sealed class PthTensorFacts
{
    [Fact]
    public void ElementsAreCopiedInAndSeenWithoutACopy()
    {
        var values = new[] { 1f, 2f, 3f, 4f };
        var tensor = PthTensor.FromArray(values, 2, 2);
        values[0] = 9;

        Assert.Equal([1f, 2f, 3f, 4f], tensor.As<float>());
        Assert.Equal(4, tensor.ElementCount);
        Assert.Equal("Float32 [2, 2]", tensor.ToString());
    }

    [Fact]
    public void AShapeCannotBeChangedFromOutside()
    {
        var shape = new long[] { 1, 2 };
        var tensor = PthTensor.FromArray([1L, 2L], shape);
        shape[0] = 5;
        tensor.Shape[1] = 6;

        Assert.Equal([1, 2], tensor.Shape);
    }

    [Fact]
    public void AskingForAnotherTypeSaysWhichOneItHolds()
    {
        var tensor = PthTensor.FromArray([1f], 1);

        var failure = Assert.Throws<InvalidOperationException>(() => tensor.As<double>().Length);
        Assert.Contains("holds Float32, not Double", failure.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => tensor.As<Half>().Length);
    }

    [Fact]
    public void AShapeThatDoesNotFitIsRefused()
    {
        Assert.Throws<ArgumentException>(() => PthTensor.FromArray([1f, 2f], 3));
        Assert.Throws<ArgumentException>(() => PthTensor.FromArray([1f, 2f]));
        Assert.Throws<ArgumentException>(() => PthTensor.FromArray([1f], -1, -1));
        Assert.Throws<ArgumentException>(() => PthTensor.FromArray([1f], long.MaxValue, long.MaxValue));
        Assert.Throws<ArgumentException>(() => new PthTensor(PthElementType.Int64, [1], new byte[9]));
        Assert.Throws<ArgumentException>(() => new PthTensor(PthElementType.Bool, [1], new byte[] { 2 }));
    }

    [Fact]
    public void ADictionaryKeepsItsOrderAndItsTwoKindsOfKeysApart()
    {
        var dictionary = new PthDictionary { ["b"] = 1L, ["a"] = 2L };
        dictionary[1] = 3L;
        dictionary["1"] = 4L;
        dictionary["b"] = 5L;

        Assert.Equal(["b", "a", 1L, "1"], dictionary.Keys);
        Assert.Equal([5L, 2L, 3L, 4L], dictionary.Values);
        Assert.True(dictionary.ContainsKey(1) && !dictionary.ContainsKey(2) && dictionary.ContainsKey("1"));
        Assert.False(dictionary.TryGetValue("c", out _));
        Assert.Throws<KeyNotFoundException>(() => dictionary["c"]);
        Assert.Throws<ArgumentException>(() => dictionary.Add("b", null));
    }

    [Fact]
    public void ATupleOfOneListIsNotAListsTuple()
    {
        var tuple = new PthTuple(new List<object?> { 1L, 2L });

        Assert.Single(tuple);
        Assert.Equal(2, new PthTuple(1L, 2L).Count);
    }
}
