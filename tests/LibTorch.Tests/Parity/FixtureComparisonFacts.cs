using System.Text.Json;

namespace LibTorch.Tests.Parity;

public class FixtureComparisonFacts
{
    [Theory]
    [InlineData("""{"values":[1000,0.5]}""", """{"values":[1000,0.5000005]}""", 0)]
    [InlineData("""{"values":[1000,0.5]}""", """{"values":[1000,0.500005]}""", 1)]
    [InlineData("""{"dtype":"float32","values":[1,0.5]}""", """{"dtype":"float32","values":[1,0.5000005]}""", 0)]
    [InlineData("""{"name":"float32","a":{"values":[1]}}""", """{"name":"float32","a":{"values":[1.0000005]}}""", 0)]
    [InlineData("""{"name":"float64","a":{"values":[1]}}""", """{"name":"float64","a":{"values":[1.0000005]}}""", 1)]
    [InlineData("""{"a":1,"b":2}""", """{"a":1,"c":2}""", 2)]
    [InlineData("""[1,2]""", """[1,2,3]""", 1)]
    [InlineData("""["NaN",2]""", """["Infinity",2]""", 1)]
    [InlineData("""{"a":null}""", """{"a":1}""", 1)]
    public void NumbersAreComparedByWhatTheirListAllows(string committed, string fresh, int differences)
    {
        using var before = JsonDocument.Parse(committed);
        using var now = JsonDocument.Parse(fresh);
        Assert.Equal(differences, FixtureComparison.Compare(before.RootElement, now.RootElement).Count());
    }
}
