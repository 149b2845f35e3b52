using System.Text;
using DigitService.Recognition.Tests.Imaging;

namespace DigitService.Tests;

/// <summary>Bodies that are nearly what a route reads, and bodies that are nothing at all.</summary>
internal sealed class FuzzBodies(SeededRandom random)
{
    private static readonly byte[] _picture = Picture.Bmp(28, (x, y) => x is > 12 and < 16 && y is > 4 and < 24);

    private static readonly string[] _fields =
    [
        "image", "pixels", "network", "recipe", "epochs", "batchSize", "learningRate", "optimizer", "momentum", "schedule", "augmentation",
        "earlyStopping", "validationSize", "trainSize", "seed", "name", "normalization", "\\u0000", "",
    ];

    private static readonly string[] _values =
    [
        "null", "-1", "1e999", "-1e999", "1e-999", "9223372036854775808", "0.1", "NaN", "true", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}",
        "[[[]]]", "[1,\"x\",null]", "\"data:image/png;base64,\"", "\"data:image/png;base64,iVBORw0KGgo=\"", "\"cnn\"", "\"../../etc/passwd\"",
    ];

    private static readonly string[] _types =
    [
        "application/json", "application/json; charset=utf-16", "application/json; charset=nonsense", "image/png", "image/bmp", "text/plain",
        "application/x-www-form-urlencoded", "application/octet-stream", "multipart/form-data", "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=b", "multipart/mixed; boundary=b", "application/problem+json", "nonsense", "/", ";;;", "",
    ];

    /// <summary>A content type, which need not be that of the body, and a body. It never is a training that could start.</summary>
    internal (string Type, byte[] Body) Next()
    {
        var type = Pick(_types);
        return random.Below(8) switch
        {
            0 => (type, Noise(random.Below(2_000))),
            1 => ("application/json", Encoding.UTF8.GetBytes(Json())),
            2 => ("application/json", Damaged(Encoding.UTF8.GetBytes(Json()))),
            3 => ("application/json", Deep()),
            4 => (type, Damaged(_picture)),
            5 => ($"multipart/form-data; boundary={Pick(["b", "b", "\"b\"", "c", new string('b', 200)])}", Damaged(Form())),
            6 => ("application/json", [(byte)'"', .. Noise(40), (byte)'"']),
            _ => (type, Encoding.UTF8.GetBytes(Json())),
        };
    }

    internal string Pick(string[] choices) => choices[random.Below(choices.Length)];

    internal byte[] Noise(int length) => [.. Enumerable.Range(0, length).Select(_ => (byte)random.Below(256))];

    private string Json()
    {
        var members = Enumerable.Range(0, random.Below(5)).Select(_ => $"\"{Pick(_fields)}\":{Pick(_values)}");
        return $"{{{string.Join(',', members.Append("\"network\":\"none such\""))}}}";
    }

    private byte[] Deep()
    {
        var depth = 1 + random.Below(20_000);
        var (open, close) = random.Below(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        return Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, random.Below(2) * depth)));
    }

    private byte[] Form()
    {
        var head = $"--b\r\nContent-Disposition: form-data; name=\"{Pick(["file", "network", "name", "", "\"", "é"])}\"; filename=\"{Pick(["a.png", "../a", ""])}\"\r\n";
        return [.. Encoding.Latin1.GetBytes($"{head}Content-Type: image/bmp\r\n\r\n"), .. _picture, .. "\r\n--b--\r\n"u8];
    }

    // Some bytes are others, and perhaps the end is missing.
    private byte[] Damaged(byte[] whole)
    {
        byte[] damaged = [.. whole];
        for (var i = random.Below(5); i > 0; i--)
        {
            damaged[random.Below(Math.Min(damaged.Length, 200))] = (byte)random.Below(256);
        }

        return random.Below(3) == 0 ? damaged[..random.Below(damaged.Length)] : damaged;
    }
}
