using System.Text;

namespace DigitService.Tests;

/// <summary>Bodies as programs send them, byte by byte.</summary>
public class PredictionBodyFacts(Host host) : IClassFixture<Host>
{
    private const string JsonType = "Content-Type: application/json";

    private const string FormType = "Content-Type: multipart/form-data; boundary=x";

    private const string Curl = "POST /predict HTTP/1.1\nUser-Agent: curl/7.88.1\nAccept: */*";

    private const string Requests =
        "POST /predict HTTP/1.1\nUser-Agent: python-requests/2.32.3\nAccept-Encoding: gzip, deflate\nAccept: */*";

    private const string Fetch =
        "POST /predict HTTP/1.1\nAccept: */*\nAccept-Language: en-US,en;q=0.9\nAccept-Encoding: gzip, deflate, br, zstd\n"
        + "Sec-Fetch-Dest: empty\nSec-Fetch-Mode: cors\nSec-Fetch-Site: same-origin\nReferer: http://localhost/";

    public static TheoryData<string, string, byte[]> Forms
    {
        get
        {
            var base64 = Convert.ToBase64String(Picture.SevenPng);
            var data = new TheoryData<string, string, byte[]>
            {
                { "curl --data-binary @seven.png", $"{Curl}\nContent-Type: application/x-www-form-urlencoded", Picture.SevenPng },
                { "curl --data-binary with a type", $"{Curl}\nContent-Type: image/png", Picture.SevenPng },
                { "curl -d with JSON and no type", $"{Curl}\nContent-Type: application/x-www-form-urlencoded", Json(base64) },
                {
                    "curl -F file=@seven.png", $"{Curl}\nContent-Type: multipart/form-data; boundary=------------------------d74496d66958873e",
                    Form("------------------------d74496d66958873e", "name=\"file\"; filename=\"seven.png\"", "image/png")
                },
                {
                    "curl -F file=<seven.png", $"{Curl}\nContent-Type: multipart/form-data; boundary=------------------------d74496d66958873e",
                    Form("------------------------d74496d66958873e", "name=\"file\"", null)
                },
                { "requests.post(data=bytes)", Requests, Picture.SevenPng },
                { "requests.post(json=…)", $"{Requests}\nContent-Type: application/json", Json(base64) },
                {
                    "requests.post(files=…)", $"{Requests}\nContent-Type: multipart/form-data; boundary=0c7e5d1b1b8f4b0f9d4b0c3a2f1e6d5c",
                    Form("0c7e5d1b1b8f4b0f9d4b0c3a2f1e6d5c", "name=\"file\"; filename=\"file\"", null)
                },
                { "fetch with a Blob", $"{Fetch}\nContent-Type: image/png", Picture.SevenPng },
                { "fetch with a Blob of no type", Fetch, Picture.SevenPng },
                { "fetch with a string", $"{Fetch}\nContent-Type: text/plain;charset=UTF-8", Json($"data:image/png;base64,{base64}") },
                { "fetch with JSON", $"{Fetch}\nContent-Type: application/json", Json($"data:image/png;base64,{base64}") },
                { "JSON with a charset", $"{Fetch}\nContent-Type: application/json; charset=\"utf-8\"", Json(base64) },
                { "JSON of another suffix", $"{Fetch}\nContent-Type: application/ld+json", Json(base64) },
                { "JSON after a byte order mark", $"{Fetch}\nContent-Type: application/json", [0xEF, 0xBB, 0xBF, .. Json(base64)] },
                { "JSON with escaped slashes", $"{Fetch}\nContent-Type: application/json", Json(base64.Replace("/", "\\/", StringComparison.Ordinal)) },
                { "JSON in lines", $"{Fetch}\nContent-Type: application/json", Json(base64.Insert(76, "\\r\\n")) },
                {
                    "fetch with FormData in Chrome", $"{Fetch}\nContent-Type: multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
                    Form("----WebKitFormBoundary7MA4YWxkTrZu0gW", "name=\"file\"; filename=\"blob\"", "image/png")
                },
                {
                    "fetch with FormData in Firefox",
                    $"{Fetch}\nContent-Type: multipart/form-data; boundary=---------------------------9051914041544843365972754266",
                    Form("---------------------------9051914041544843365972754266", "name=\"file\"; filename=\"七.png\"", "image/png")
                },
                {
                    "a boundary in quotes and a charset", $"{Fetch}\nContent-Type: multipart/form-data; charset=utf-8; boundary=\"a b\"",
                    Form("a b", "name=\"file\"; filename=\"\"", "application/octet-stream")
                },
                {
                    "a file by another name", $"{Fetch}\nContent-Type: multipart/form-data; boundary=x",
                    Form("x", "name=\"upload\"; filename=\"seven.png\"", "image/png")
                },
            };
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task EveryProgramIsUnderstood(string program, string head, byte[] body)
    {
        var answer = await RawRequest.SendAsync(host, $"{head}\nContent-Length: {body.Length}", body);
        Assert.True(answer.Status == 200, $"{program}: {answer.Body}");
        Assert.Equal(7, answer.Json.GetProperty("digit").GetInt32());
        Assert.Contains("Content-Type: application/json; charset=utf-8", answer.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABodyMayComeInChunksAndInAnyPieces()
    {
        var body = Picture.Seven;
        using var request = new RawRequest(host);
        await request.SendHeadAsync($"{Requests}\nTransfer-Encoding: chunked");
        foreach (var chunk in body.Chunk(1_000))
        {
            await request.SendAsync(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            await request.SendAsync(chunk);
            await request.SendAsync("\r\n"u8.ToArray());
        }

        await request.SendAsync("0\r\n\r\n"u8.ToArray());
        Assert.Equal(7, (await request.ReadAnswerAsync()).Json.GetProperty("digit").GetInt32());
    }

    [Fact]
    public async Task ThePartNamedFileIsReadWhereverItStands()
    {
        byte[] body =
        [
            .. Part("x", "name=\"comment\"", null, "nice"u8), .. Part("x", "name=\"other\"; filename=\"blank.bmp\"", "image/bmp", Picture.Blank),
            .. Part("x", "name=\"file\"; filename=\"seven.bmp\"", "image/bmp", Picture.Seven), .. "--x--\r\n"u8,
        ];
        var answer = await RawRequest.SendAsync(host, $"{Curl}\nContent-Type: multipart/form-data; boundary=x\nContent-Length: {body.Length}", body);
        Assert.Equal(7, answer.Json.GetProperty("digit").GetInt32());
    }

    [Fact]
    public async Task ALargePictureIsReadInEveryForm()
    {
        var large = Picture.Bmp(1_100, (x, y) => x is > 500 and < 600 && y is > 200 and < 900);
        foreach (var (type, body) in new[]
        {
            ("image/bmp", large),
            ("application/json", Json(Convert.ToBase64String(large))),
            ("application/json", Json(Convert.ToBase64String(large).Replace("/", "\\/", StringComparison.Ordinal))),
            ("multipart/form-data; boundary=x", [.. Part("x", "name=\"file\"; filename=\"one.bmp\"", "image/bmp", large), .. "--x--\r\n"u8]),
        })
        {
            var answer = await RawRequest.SendAsync(host, $"{Curl}\nContent-Type: {type}\nContent-Length: {body.Length}", body);
            Assert.Equal(1, answer.Json.GetProperty("digit").GetInt32());
        }
    }

    public static TheoryData<int, string, string, byte[]> Mistakes => new()
    {
        { 400, "The picture is empty", "Content-Type: image/png", [] },
        { 400, "The picture is empty", JsonType, "{\"image\":\"\"}"u8.ToArray() },
        { 400, "The picture is empty", FormType, [.. Part("x", "name=\"file\"", null, []), .. "--x--"u8] },
        { 400, "not JSON", JsonType, [] },
        { 400, "not JSON", JsonType, "{\"image\":\"AAAA\"} and more"u8.ToArray() },
        { 400, "neither 'image' nor 'pixels'", JsonType, "[{\"image\":\"AAAA\"}]"u8.ToArray() },
        { 400, "neither 'image' nor 'pixels'", JsonType, "{\"a\":{\"image\":\"AAAA\"},\"image\":7}"u8.ToArray() },
        { 400, "The pixel 3 is not", JsonType, Pixels("0", "0", "0", "256") },
        { 400, "The pixel 0 is not", JsonType, Pixels("1e999") },
        { 400, "The pixel 1 is not", JsonType, Pixels("0", "[1,2]") },
        { 400, "There are 785 pixels; 784 are needed", JsonType, Pixels([.. Enumerable.Repeat("0", 785)]) },
        { 422, "Nothing is drawn", JsonType, Pixels() },
        { 415, "charset is 'utf-16'", $"{JsonType}; charset=utf-16", Encoding.Unicode.GetBytes("{\"image\":\"AAAA\"}") },
        { 415, "Content-Encoding is 'gzip'", "Content-Type: image/png\nContent-Encoding: gzip", [1] },
        { 400, "needs a boundary", "Content-Type: multipart/form-data", [1] },
        { 400, "needs a boundary", $"Content-Type: multipart/form-data; boundary={new string('x', 200)}", [1] },
        { 400, "The form cannot be read", FormType, Part("x", "name=\"file\"", null, [1, 2, 3])[..^6] },
        { 400, "The form has no file", FormType, [.. Part("x", "name=\"comment\"", null, [1]), .. "--x--\r\n"u8] },
        { 400, "The form has no file", FormType, "--x--\r\n"u8.ToArray() },
        { 400, "more than 1,024 parts", FormType, [.. Enumerable.Range(0, 1_100).SelectMany(_ => Part("x", "name=\"a\"", null, [1]))] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task AMistakeIsNamed(int status, string expected, string headers, byte[] body)
    {
        var answer = await RawRequest.SendAsync(host, $"{Curl}\n{headers}\nContent-Length: {body.Length}", body);
        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Body}");
        Assert.Contains(expected, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUploadThatBreaksOffHurtsNobody()
    {
        foreach (var type in new[] { "image/png", "application/json", "multipart/form-data; boundary=x" })
        {
            using var request = new RawRequest(host);
            await request.SendHeadAsync($"{Curl}\nContent-Type: {type}\nContent-Length: 100000");
            await request.SendAsync(Part("x", "name=\"file\"; filename=\"a\"", null, new byte[40_000]));
            request.Abort();
        }

        using var half = new RawRequest(host);
        await half.SendHeadAsync($"{Curl}\nContent-Type: image/png\nContent-Length: 100000");
        half.Abort();
        Assert.Equal(200, (await RawRequest.SendAsync(host, $"{Curl}\nContent-Length: {Picture.SevenPng.Length}", Picture.SevenPng)).Status);
        Assert.DoesNotContain("unhandled", host.Log, StringComparison.OrdinalIgnoreCase);
    }

    internal static byte[] Part(string boundary, string disposition, string? type, ReadOnlySpan<byte> content) =>
    [
        .. Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n"),
        .. Encoding.UTF8.GetBytes(type is null ? "\r\n" : $"Content-Type: {type}\r\n\r\n"),
        .. content, .. "\r\n"u8,
    ];

    private static byte[] Form(string boundary, string disposition, string? type) =>
        [.. Part(boundary, disposition, type, Picture.SevenPng), .. Encoding.ASCII.GetBytes($"--{boundary}--\r\n")];

    private static byte[] Json(string image) => Encoding.ASCII.GetBytes($"{{\"image\": \"{image}\"}}");

    private static byte[] Pixels(params string[] first) =>
        Encoding.ASCII.GetBytes($"{{\"pixels\":[{string.Join(',', first.Concat(Enumerable.Repeat("0", Math.Max(0, 784 - first.Length))))}]}}");
}
