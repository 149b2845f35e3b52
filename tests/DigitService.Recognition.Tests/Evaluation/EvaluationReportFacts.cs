using System.Text.Json;
using DigitService.Recognition.Data;
using DigitService.Recognition.Evaluation;

namespace DigitService.Recognition.Tests.Evaluation;

public class EvaluationReportFacts
{
    private static readonly JsonElement _fixture = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Evaluation", "Fixtures", "metrics.json"))).RootElement;

    [Fact]
    public void MetricsAreThoseOfScikitLearn()
    {
        var report = OfFixture();
        Assert.Equal(120, report.Count);
        AssertClose("accuracy", [report.Accuracy]);
        AssertClose("loss", [report.Loss]);
        AssertClose("support", report.PerDigit.Select(digit => (double)digit.Support));
        AssertClose("precision", report.PerDigit.Select(digit => digit.Precision));
        AssertClose("recall", report.PerDigit.Select(digit => digit.Recall));
        AssertClose("recall", report.PerDigit.Select(digit => digit.Accuracy));
        AssertClose("f1", report.PerDigit.Select(digit => digit.F1));
        AssertClose("macroPrecision", [report.MacroPrecision]);
        AssertClose("macroRecall", [report.MacroRecall]);
        AssertClose("macroF1", [report.MacroF1]);
        Assert.Equal(
            _fixture.GetProperty("confusionMatrix").EnumerateArray().Select(row => row.ToString()),
            report.ConfusionMatrix.Select(row => $"[{string.Join(", ", row)}]"));
    }

    [Fact]
    public void CalibrationIsThatOfTheFixture()
    {
        var report = OfFixture();
        AssertClose("expectedCalibrationError", [report.ExpectedCalibrationError]);
        var expected = _fixture.GetProperty("reliability").EnumerateArray().ToArray();
        Assert.Equal(expected.Length, report.Reliability.Count);
        foreach (var (bin, actual) in expected.Zip(report.Reliability))
        {
            Assert.Equal(bin.GetProperty("count").GetInt32(), actual.Count);
            Assert.Equal(bin.GetProperty("from").GetDouble(), actual.From, 1e-12);
            Assert.Equal(bin.GetProperty("to").GetDouble(), actual.To, 1e-12);
            Assert.Equal(bin.GetProperty("confidence").GetDouble(), actual.Confidence, 1e-7);
            Assert.Equal(bin.GetProperty("accuracy").GetDouble(), actual.Accuracy, 1e-12);
        }
    }

    [Fact]
    public void MistakesComeMostConfidentFirst()
    {
        var report = OfFixture();
        Assert.Equal(
            _fixture.GetProperty("mistakes").EnumerateArray().Select(index => index.GetInt32()),
            report.Mistakes.Select(mistake => mistake.Index));
        Assert.All(report.Mistakes, mistake => Assert.NotEqual(mistake.Actual, mistake.Predicted));
    }

    [Fact]
    public void EqualMistakesComeInTheImagesOrder()
    {
        var report = Of([(3, 1), (3, 2), (5, 5), (3, 1)]);
        Assert.Equal([0, 1, 3], report.Mistakes.Select(mistake => mistake.Index));
    }

    [Fact]
    public void TheMostConfusedDigitsAreTheThreeMostFrequentWrongAnswers()
    {
        var report = Of([(9, 9), (9, 4), (9, 3), (9, 3), (9, 7), (9, 7), (9, 7), (9, 8), (4, 4)]);
        Assert.Equal([new Confusion(7, 3), new(3, 2), new(4, 1)], report.PerDigit[9].MostConfusedWith);
        Assert.Empty(report.PerDigit[4].MostConfusedWith);
    }

    [Fact]
    public void WhatWouldBeDividedByZeroIsZero()
    {
        var report = Of([(1, 2)]);
        Assert.Equal((1, 0.0, 0.0, 0.0), Values(report.PerDigit[1]));
        Assert.Equal((0, 0.0, 0.0, 0.0), Values(report.PerDigit[2]));
        Assert.Equal((0, 0.0, 0.0, 0.0), Values(report.PerDigit[3]));
        Assert.Equal((0.0, 0.0), (report.Accuracy, report.MacroF1));

        static (int, double, double, double) Values(DigitMetrics digit) =>
            (digit.Support, digit.Precision, digit.Recall, digit.F1);
    }

    [Fact]
    public void CertaintyIsInTheLastBinAndAWrongCertaintyCostsAFiniteLoss()
    {
        var report = Of([(1, 2), (4, 4)]);
        Assert.Equal(2, report.Reliability[^1].Count);
        Assert.Equal(0.5, report.ExpectedCalibrationError);
        Assert.Equal(-Math.Log(float.Epsilon) / 2, report.Loss, 1e-12);
    }

    [Fact]
    public void JsonKeepsEverythingUnderTheNamesOfTheInterface()
    {
        var report = OfFixture() with { TrainingAccuracy = 0.75, ValidationAccuracy = 0.5, Temperature = 1.25 };
        var json = report.ToJson();
        Assert.Equal(json, EvaluationReport.Parse(json).ToJson());

        var root = JsonDocument.Parse(json).RootElement;
        Assert.Equal(0.25, root.GetProperty("gap").GetDouble());
        Assert.Equal(1.25, root.GetProperty("temperature").GetDouble());
        Assert.Equal(report.Loss, root.GetProperty("loss").GetDouble());
        Assert.Equal(20, root.GetProperty("confusionMatrix")[2][2].GetInt32());
        Assert.Equal(
            report.PerDigit[7].MostConfusedWith[0].Digit,
            root.GetProperty("perDigit")[7].GetProperty("mostConfusedWith")[0].GetProperty("digit").GetInt32());
        Assert.Equal(report.Mistakes[0].Confidence, root.GetProperty("mistakes")[0].GetProperty("confidence").GetSingle());
        Assert.Equal(15, root.GetProperty("reliability").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void WhatIsNoReportIsRefused(string json) =>
        Assert.Throws<InvalidDataException>(() => EvaluationReport.Parse(json));

    [Theory]
    [InlineData("\"perDigit\": [", "\"perDigit\": null, \"other\": [")]
    [InlineData("\"mistakes\": [", "\"mistakes\": [null,")]
    [InlineData("\"confusionMatrix\": [", "\"confusionMatrix\": [[],")]
    [InlineData("\"mostConfusedWith\": [", "\"mostConfusedWith\": null, \"other\": [")]
    [InlineData("\"actual\": ", "\"actual\": 1")]
    public void ADamagedReportIsRefused(string part, string damage)
    {
        var json = Of([(3, 1)]).ToJson();
        Assert.Contains(part, json, StringComparison.Ordinal);
        var error = Assert.Throws<InvalidDataException>(
            () => EvaluationReport.Parse(json.Replace(part, damage, StringComparison.Ordinal)));
        Assert.StartsWith("The evaluation ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-1)]
    [InlineData(0.5f)]
    public void NumbersThatAreNoProbabilitiesAreRefusedWithTheirImage(float value)
    {
        var probabilities = Enumerable.Repeat(0.1f, 30).ToArray();
        probabilities[20] = value;
        var error = Assert.Throws<ArgumentException>(() => EvaluationReport.Of(probabilities, Images([1, 2, 3])));
        Assert.Contains("image 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 20)]
    public void ThereMustBeImagesWithTenProbabilitiesEach(int images, int probabilities) =>
        Assert.Throws<ArgumentException>(() => EvaluationReport.Of(new float[probabilities], Images(new byte[images])));

    internal static EvaluationReport OfFixture() => EvaluationReport.Of(
        [.. _fixture.GetProperty("probabilities").EnumerateArray().Select(value => value.GetSingle())],
        Images([.. _fixture.GetProperty("labels").EnumerateArray().Select(value => value.GetByte())]));

    internal static DigitImages Images(byte[] labels) => new(new byte[labels.Length * DigitImages.Pixels], labels);

    // A report of answers that are all certain.
    private static EvaluationReport Of((byte Actual, int Answer)[] answers)
    {
        var probabilities = new float[answers.Length * 10];
        for (var i = 0; i < answers.Length; i++)
        {
            probabilities[(i * 10) + answers[i].Answer] = 1;
        }

        return EvaluationReport.Of(probabilities, Images([.. answers.Select(answer => answer.Actual)]));
    }

    private static void AssertClose(string name, IEnumerable<double> actual)
    {
        var expected = _fixture.GetProperty(name);
        var values = expected.ValueKind == JsonValueKind.Array
            ? expected.EnumerateArray().Select(value => value.GetDouble()).ToArray()
            : [expected.GetDouble()];
        Assert.Equal(values, actual, (one, other) => Math.Abs(one - other) < 1e-7);
    }
}
