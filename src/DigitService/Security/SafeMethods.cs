namespace DigitService.Security;

/// <summary>Answers HEAD wherever GET is answered, as RFC 9110 asks, and OPTIONS with the methods that there are.</summary>
internal sealed class SafeMethods(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsHead(context.Request.Method) ? HeadAsync(context)
        : HttpMethods.IsOptions(context.Request.Method) ? OptionsAsync(context)
        : next(context);

    /// <summary>Names in Allow what is answered here beside what routes name.</summary>
    internal static void CompleteAllow(HttpResponse response)
    {
        var allowed = response.Headers.GetCommaSeparatedValues("Allow");
        string[] implied = allowed.Contains(HttpMethods.Get) ? [HttpMethods.Head, HttpMethods.Options] : [HttpMethods.Options];
        response.Headers.Allow = string.Join(", ", allowed.Union(implied));
    }

    // The server knows by itself what the request was, and leaves the body out.
    private async Task HeadAsync(HttpContext context)
    {
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    }

    private async Task OptionsAsync(HttpContext context)
    {
        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false } response)
        {
            CompleteAllow(response);
            response.StatusCode = StatusCodes.Status204NoContent;
        }
    }
}
