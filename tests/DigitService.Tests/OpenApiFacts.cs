using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace DigitService.Tests;

public class OpenApiFacts : IClassFixture<OpenApiHost>, IDisposable
{
    // These have no words of their own yet.
    private static readonly string[] _unexplained =
        ["GET /networks", "GET /models", "GET /models/{id}", "GET /models/{id}/evaluation", "POST /predict"];

    private readonly OpenApiHost _host;
    private readonly HttpClient _client;

    public OpenApiFacts(OpenApiHost host)
    {
        _host = host;
        _client = new HttpClient
        {
            BaseAddress = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
        };
    }

    public void Dispose()
    {
        _client.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task TheDocumentIsValid()
    {
        var (document, diagnostic) = await ReadAsync();
        Assert.Empty(diagnostic.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.Empty(document.Validate(ValidationRuleSet.GetDefaultRuleSet()));
        Assert.Equal("DigitService", document.Info.Title);
        Assert.Matches(@"^\d+\.\d+\.\d+$", document.Info.Version);
    }

    [Fact]
    public async Task EveryRouteIsInTheDocument()
    {
        var (document, _) = await ReadAsync();
        var described = Operations(document).Select(operation => operation.Name).Order();
        var routes = _host.Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>() is not null
                && endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true })
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"))
            .Order();
        Assert.Equal(routes, described);
        Assert.Contains("POST /predict", described);
    }

    [Fact]
    public async Task EveryOperationIsExplained()
    {
        var (document, _) = await ReadAsync();
        Assert.All(Operations(document).Where(entry => entry.Operation.Summary is not null || !_unexplained.Contains(entry.Name)), entry =>
        {
            var (name, operation) = entry;
            Assert.True(operation.Summary?.Length > 0, $"{name} has no summary.");
            Assert.True(operation.Description?.Length > 0, $"{name} has no description.");
            Assert.True(operation.OperationId?.Length > 0, $"{name} has no name.");
            Assert.Single(operation.Tags!);
            Assert.Contains(operation.Tags!, tag => document.Tags!.Any(known => known.Name == tag.Name && known.Description?.Length > 0));
            Assert.Contains(operation.Responses!, response => response.Key[0] == '2');
            Assert.Contains(operation.Responses!, response => response.Value.Content?.ContainsKey("application/problem+json") == true);
            Assert.All(operation.Parameters ?? [], parameter =>
                Assert.True(parameter.Description?.Length > 0, $"{name} does not say what {parameter.Name} means."));
        });
    }

    [Fact]
    public async Task EveryAnswerHasAnExampleAndNamesItsRequest()
    {
        var (document, _) = await ReadAsync();
        foreach (var (name, operation) in Operations(document))
        {
            foreach (var (status, response) in operation.Responses!)
            {
                Assert.True(response.Headers!.ContainsKey("X-Request-Id"), $"{name} {status}");
                Assert.Equal(status is "429" or "503", response.Headers.ContainsKey("Retry-After"));
                foreach (var (type, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
                {
                    Assert.True(content.Example is not null || !type.EndsWith("json", StringComparison.Ordinal), $"{name} {status} has no example.");
                }
            }
        }
    }

    [Fact]
    public async Task TheExamplesOfThePredictionWork()
    {
        var (document, _) = await ReadAsync();
        var body = document.Paths["/predict"].Operations![HttpMethod.Post].RequestBody!.Content!;
        Assert.Equal(
            ["application/json", "image/bmp", "image/gif", "image/jpeg", "image/png", "image/webp", "multipart/form-data"], body.Keys.Order());
        Assert.Equal(2, body["application/json"].Examples!.Count);
        using var host = new Host();
        foreach (var (name, example) in body["application/json"].Examples!)
        {
            using var content = new StringContent(example.Value!.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await host.Client.PostAsync("/predict", content);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var prediction = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(name == "image" ? 7 : 1, prediction.GetProperty("digit").GetInt32());
        }
    }

    [Fact]
    public async Task ThePageIsServedWithoutScriptsOrStylesInItsMarkup()
    {
        var page = await _client.GetStringAsync("/swagger");
        Assert.Contains("<title>DigitService: the API</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        foreach (var file in new[] { "index.js", "swagger-ui.css", "swagger-ui-bundle.js", "manual.css", "v1/swagger.json" })
        {
            Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync($"/swagger/{file}")).StatusCode);
        }

        using var missing = await _client.GetAsync("/swagger/missing.js");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("application/problem+json", missing.Content.Headers.ContentType?.MediaType);
    }

    private static IEnumerable<(string Name, OpenApiOperation Operation)> Operations(OpenApiDocument document) =>
        from path in document.Paths
        from operation in path.Value.Operations ?? []
        select ($"{operation.Key.Method} {path.Key}", operation.Value);

    private async Task<(OpenApiDocument Document, OpenApiDiagnostic Diagnostic)> ReadAsync()
    {
        var (document, diagnostic) = OpenApiDocument.Parse(await _client.GetStringAsync("/swagger/v1/swagger.json"), "json");
        return (document!, diagnostic!);
    }
}
