using System.Buffers;

namespace DigitService.Operations.Logs;

/// <summary>The name of a request: in its answer's head, in every line of the log that it causes, and in problems.</summary>
internal static class RequestId
{
    internal const string Header = "X-Request-Id";

    private const int LongestLength = 128;

    private static readonly SearchValues<char> _accepted =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.:=+/");

    /// <summary>Takes over the client's own id, if it is one of 1 to 128 letters, digits and <c>-_.:=+/</c>, and sends it back.</summary>
    internal static void Assign(HttpContext context)
    {
        if (context.Request.Headers.TryGetValue(Header, out var values) && values is [{ } id] && IsWellFormed(id))
        {
            context.TraceIdentifier = id;
        }

        // The head is not written to before the answer begins: whoever answers an exception clears it first.
        context.Response.OnStarting(
            static state =>
            {
                var context = (HttpContext)state;
                context.Response.Headers[Header] = context.TraceIdentifier;
                return Task.CompletedTask;
            },
            context);
    }

    private static bool IsWellFormed(string id) =>
        id.Length is > 0 and <= LongestLength && !id.AsSpan().ContainsAnyExcept(_accepted);
}
