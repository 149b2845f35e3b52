using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DigitService.Predictions;

/// <summary>
/// 200 with a value as JSON, written in one piece. The framework's own result looks up a logger and options for every
/// request, which takes longer than the writing.
/// </summary>
/// <param name="value">What is answered.</param>
/// <param name="type">How it is written.</param>
internal sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type) : IResult, IStatusCodeHttpResult, IValueHttpResult<T>
{
    public int? StatusCode => StatusCodes.Status200OK;

    public T? Value => value;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, 0, json.Length, httpContext.RequestAborted);
    }
}
