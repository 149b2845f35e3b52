using Microsoft.Extensions.FileProviders;

namespace DigitService.Security;

/// <summary>Says of the page's files that they are there to be read only, where they would else seem not to be there.</summary>
internal sealed class PageMethods(RequestDelegate next, IWebHostEnvironment environment)
{
    private readonly IFileProvider _files = environment.WebRootFileProvider;

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.GetEndpoint() is null && !HttpMethods.IsGet(request.Method) && IsFile(request.Path.Value))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = HttpMethods.Get;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private bool IsFile(string? path) => _files.GetFileInfo(path is null or "/" ? "index.html" : path) is { Exists: true, IsDirectory: false };
}
