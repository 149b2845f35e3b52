using Microsoft.Extensions.Primitives;

namespace DigitService.Security;

/// <summary>Tells browsers, with every answer, that nothing but the service's own files has a place in its pages.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private static readonly StringValues _policy = Policy("'self'");

    // Swagger's page sets styles in its markup; scripts in markup are no part of it, and are refused there too.
    private static readonly StringValues _swaggerPolicy = Policy("'self' 'unsafe-inline'");
    private static readonly StringValues _sameOrigin = "same-origin";
    private static readonly StringValues _noSniff = "nosniff";
    private static readonly StringValues _permissions = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    public Task InvokeAsync(HttpContext context)
    {
        // An error begins its answer anew, so the headers are set when the answer leaves.
        context.Response.OnStarting(static state => Set((HttpContext)state), context);
        return next(context);
    }

    private static Task Set(HttpContext context)
    {
        var headers = context.Response.Headers;

        // A drawing that is opened on its own brings its own, stricter one.
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase) ? _swaggerPolicy : _policy;
        }

        headers.XContentTypeOptions = _noSniff;
        headers["Referrer-Policy"] = _sameOrigin;
        headers["Cross-Origin-Opener-Policy"] = _sameOrigin;
        headers["Cross-Origin-Resource-Policy"] = _sameOrigin;
        headers["Permissions-Policy"] = _permissions;
        return Task.CompletedTask;
    }

    private static string Policy(string styles) =>
        $"default-src 'self'; script-src 'self'; style-src {styles}; img-src 'self' data: blob:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}
