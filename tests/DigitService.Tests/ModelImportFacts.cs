using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DigitService.PyTorchTests;
using DigitService.Recognition.Tests;

namespace DigitService.Tests;

public class ModelImportFacts(Host host) : IClassFixture<Host>
{
    private readonly HttpClient _client = host.Client;

    [PyTorchFact]
    public async Task WhatPyTorchLoadedAndSavedIsImportedAndAnswersTheSame()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("model.pth");
        await File.WriteAllBytesAsync(file, await _client.GetByteArrayAsync($"/models/{ModelApi.Shipped}/weights"));
        await File.WriteAllTextAsync(folder.File("again.py"), """
            import sys, torch
            state = torch.load(sys.argv[1])
            assert state["conv1.weight"].dtype == torch.float32
            torch.save({"epoch": 7, "model_state_dict": state, "note": "saved again"}, sys.argv[1])
            """);
        PyTorchFactAttribute.Run(folder.File("again.py"), file);

        var shipped = await _client.GetFromJsonAsync<JsonElement>($"/models/{ModelApi.Shipped}");
        using var answer = await _client.ImportAsync(
            await File.ReadAllBytesAsync(file),
            ("network", ShippedModel.Info.Network),
            ("name", "Once more"),
            ("temperature", shipped.GetProperty("temperature").GetRawText()));
        var model = await answer.ReadAsync(HttpStatusCode.Created);
        var id = model.GetProperty("id").GetString()!;
        Assert.Equal($"/models/{id}", answer.Headers.Location?.OriginalString);
        Assert.Equal("Once more", model.GetProperty("name").GetString());
        Assert.False(model.GetProperty("isActive").GetBoolean());
        foreach (var field in new[] { "accuracy", "loss", "temperature", "parameters" })
        {
            Assert.Equal(shipped.GetProperty(field).GetDouble(), model.GetProperty(field).GetDouble(), 1e-7);
        }

        var (expected, imported) = (await _client.PredictAsync(), await _client.PredictAsync(id));
        Assert.Equal((ModelApi.Shipped, id), (expected.Model, imported.Model));
        Assert.Equal(expected.Probabilities, imported.Probabilities, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    public static TheoryData<string, string, (string, string)[]> Refused => new()
    {
        { "garbage", "Accepted are the zip files", [("network", "mlp")] },
        { "pickle", "posix.system", [("network", "mlp")] },
        { "weights", "does not fit the network lenet5", [("network", "lenet5")] },
        { "weights", "There is no network 'alexnet'. There is: mlp,", [("network", "alexnet")] },
        { "weights", "no part 'network'; accepted: mlp,", [("name", "x")] },
        { "weights", "accepted: mnist, unit, symmetric", [("network", "mlp"), ("normalization", "1")] },
        { "weights", "there is: mnist, plain", [("network", "mlp"), ("preprocess", "crop")] },
        { "weights", "temperature is 0, not 0.01 to 100", [("network", "mlp"), ("temperature", "0")] },
        { "weights", "temperature is not a number", [("network", "mlp"), ("temperature", "warm")] },
        { "weights", "accepted: file, network, name", [("network", "mlp"), ("normalisation", "unit")] },
        { "weights", "or one twice", [("network", "mlp"), ("network", "mlp")] },
        { "weights", "name is longer than 200 characters", [("network", "mlp"), ("name", new string('x', 201))] },
        { "nothing", "no part 'file'", [("network", "mlp")] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task WhatIsRefusedSaysWhyAndLeavesNothing(string content, string expected, (string, string)[] texts)
    {
        using var folder = new TemporaryFolder();
        var before = Models();
        var file = content switch
        {
            "garbage" => Encoding.UTF8.GetBytes("<html>not weights</html>"),
            "pickle" => Malicious($"touch {folder.File("executed")}"),
            "weights" => ModelApi.Weights(),
            _ => null,
        };
        using var answer = await _client.ImportAsync(file, texts);
        Assert.Contains(expected, await answer.ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Empty(folder.Files);
        await RequireNothingLeft();
        Assert.Equal(before, Models());
    }

    [Fact]
    public async Task AFileBeyondTheLimitIsRefusedWhetherItsLengthIsToldOrNot()
    {
        using var folder = new TemporaryFolder();
        using var small = Host.Start(folder, "--Models:LargestImport", "1");
        foreach (var length in new[] { (1 << 20) + 1, 3 << 20 })
        {
            using var form = new MultipartFormDataContent { { new StringContent("mlp"), "network" }, { new ByteArrayContent(new byte[length]), "file", "large.pth" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/models") { Content = form };
            request.Headers.ExpectContinue = true;
            request.Headers.TransferEncodingChunked = length > 2 << 20;
            using var answer = await small.Client.SendAsync(request);
            Assert.Equal("The file is too large; accepted: 1,048,576 bytes.", await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge));
        }

        // The connections of those that were refused are closed.
        using var client = new HttpClient { BaseAddress = small.Address };
        using var fits = await client.ImportAsync(ModelApi.Weights(), ("network", "mlp"));
        Assert.Equal(HttpStatusCode.Created, fits.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data", "x", HttpStatusCode.BadRequest)]
    [InlineData("multipart/form-data; boundary=y", "x", HttpStatusCode.BadRequest)]
    [InlineData("multipart/form-data; boundary=y", "--y\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf", HttpStatusCode.BadRequest)]
    public async Task WhatIsNoFormIsAProblem(string type, string body, HttpStatusCode status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await _client.PostAsync("/models", content);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, answer.StatusCode);
        await RequireNothingLeft();
    }

    [Fact]
    public async Task AClientThatGoesLeavesNothing()
    {
        var before = Models();
        using (var connection = new TcpClient(host.Address.Host, host.Address.Port))
        {
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /models HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Type: multipart/form-data; boundary=y\r\n"
                + "Content-Length: 1000000\r\n\r\n--y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"));
            await connection.GetStream().WriteAsync(new byte[500_000]);
            await WaitUntil(() => UploadsOpen() == 1);
        }

        await RequireNothingLeft();
        Assert.Equal(before, Models());
    }

    [Fact]
    public async Task TwoAtOnceAreBothImported()
    {
        var ids = await Task.WhenAll(_client.ImportAsync(seed: 2), _client.ImportAsync(seed: 3));
        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Contains(id, Models()));
    }

    private string[] Models() => [.. Directory.GetDirectories(host.Models).Select(path => Path.GetFileName(path)).Order()];

    private async Task RequireNothingLeft()
    {
        await WaitUntil(() => UploadsOpen() == 0);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(host.Models), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    // Nameless files of the service, as Linux tells of them; other systems tell nothing, and have none to show.
    private int UploadsOpen() => new DirectoryInfo($"/proc/{host.Process.Id}/fd").EnumerateFiles()
        .Count(file => file.LinkTarget is { } target && target.StartsWith(host.Models, StringComparison.Ordinal) && target.Contains(".tmp", StringComparison.Ordinal));

    private static async Task WaitUntil(Func<bool> holds)
    {
        var end = DateTime.UtcNow.AddSeconds(20);
        while (!holds())
        {
            Assert.True(DateTime.UtcNow < end, "It did not come to pass.");
            await Task.Delay(20);
        }
    }

    // What torch.load would run: posix.system(command).
    private static byte[] Malicious(string command)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("archive/data.pkl", $"\u0080\u0002cposix\nsystem\n(X{(char)command.Length}\0\0\0{command}tR.");
            Add("archive/version", "3\n");

            void Add(string name, string content)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(Encoding.Latin1.GetBytes(content));
            }
        }

        return file.ToArray();
    }
}
