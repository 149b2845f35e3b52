using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace DigitService.ApiDocument;

/// <summary>What an operation is shown with: the files of the folder <c>Examples</c>, where <c>POST /train</c> is a name.</summary>
/// <param name="Parameters">What each parameter means.</param>
/// <param name="Requests">Bodies by media type, each with a title.</param>
/// <param name="Responses">Answers by status: a body, or the sentence of a problem.</param>
internal sealed record OperationExamples(
    Dictionary<string, string>? Parameters,
    Dictionary<string, Dictionary<string, JsonNode>>? Requests,
    Dictionary<string, JsonNode>? Responses)
{
    private static readonly OperationExamples _none = new(null, null, null);
    private static readonly Lazy<Dictionary<string, OperationExamples>> _all = new(() => Resource.ReadAll<OperationExamples>("Examples"));

    internal static OperationExamples Of(ApiDescription operation) => _all.Value.GetValueOrDefault(NameOf(operation), _none);

    /// <summary>The method and the route, such as <c>GET /models/{id}</c>.</summary>
    internal static string NameOf(ApiDescription operation) => $"{operation.HttpMethod} /{operation.RelativePath?.TrimEnd('/')}";
}
