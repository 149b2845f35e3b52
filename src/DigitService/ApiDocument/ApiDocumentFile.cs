using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace DigitService.ApiDocument;

/// <summary>The document, which is made once, at the first time that somebody asks for it.</summary>
internal sealed class ApiDocumentFile(IServiceScopeFactory services)
{
    private readonly Lazy<Task<(byte[] Json, EntityTagHeaderValue Tag)>> _file = new(() => MakeAsync(services));

    internal async Task<FileContentHttpResult> AnswerAsync()
    {
        var (json, tag) = await _file.Value;
        return TypedResults.Bytes(json, MediaTypeNames.Application.Json, entityTag: tag);
    }

    private static async Task<(byte[] Json, EntityTagHeaderValue Tag)> MakeAsync(IServiceScopeFactory services)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(ApiDocumentSetup.Name);
        var json = Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0));
        return (json, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json))}\""));
    }
}
