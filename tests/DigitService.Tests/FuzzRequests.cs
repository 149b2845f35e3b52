using System.Globalization;
using System.Text;
using DigitService.Recognition.Tests.Imaging;

namespace DigitService.Tests;

/// <summary>Requests over every route and method with something wrong in them, as bytes, the same for the same seed.</summary>
internal sealed class FuzzRequests(string[] routes, string key, long seed)
{
    private static readonly string[] _methods =
        ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "BREW", "G(T", "", "POST POST", new('M', 300)];

    private static readonly string[] _ids =
        ["x", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%00", "%ff%fe", "a%20b", ".active", "con", new('a', 300), "é", "-1", "'--", "{id}", "%", "%zz", "..%5c"];

    private static readonly string[] _oddities =
        ["/", "//", "/.", "/..", "/..;/", ";a=b", "%2f", "%5c..%5c", "%00", "%c0%af", "\\", " ", "\t", "#x", "%", "%u0041", "\u00ff", "/~", "/*"];

    private static readonly string[] _queries =
    [
        "", "?", "?&&&==", "?preprocess=best", "?preprocess=plain&preprocess=mnist", "?input=perhaps", "?input=", "?model=..%2f..", "?model=%00",
        "?model=none", "?format=exe", "?limit=-1", "?limit=99999999999999999999", "?actual=11&predicted=x", "?%ff=%ff", "?a=" + new string('b', 7_000),
    ];

    private static readonly string[] _headers =
    [
        "Accept: nonsense", "Accept: */*;q=nonsense", "Accept-Encoding: ,,,", "Range: bytes=9-1", "Range: bytes=0-0,1-1,-", "If-Modified-Since: yesterday",
        "If-None-Match: x", "If-Range: \"", "Expect: 100-continue", "Expect: miracles", "Upgrade: websocket\r\nConnection: Upgrade",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 99", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings",
        "Origin: null", "Origin: http://[", "Origin: https://evil.example", "Sec-Fetch-Site: cross-site", "X-Forwarded-For: 1.2.3.4.5, ,", "Forwarded: for=\"_x",
        "X-Forwarded-For: 203.0.113.7", "X-Request-Id: \u0001\u00ff", "traceparent: 00-0-0-0", "Cookie: =;=;=", "X-Api-Key: ", "X-Api-Key: wrong", "Content-Encoding: gzip",
        "X: \u00e9\u00ff", "X-Bell: \u0007", "No colon", ": no name", "X Y: z", " folded", "X:" + new string('x', 20_000), "Host: other.example", "Content-Type: a\r\nContent-Type: b",
    ];

    private readonly SeededRandom _random = new(seed);
    private readonly FuzzBodies _bodies = new(new SeededRandom(seed + 1_000_000));

    internal byte[] Next()
    {
        // Every other one is sound but for its query and its body, and so gets as far as a route.
        var isSound = _random.Below(2) == 0;
        var (type, body) = _bodies.Next();
        var (framing, framed) = Frame(_random.Below(4) == 0 ? [] : body, isSound);
        var head = new StringBuilder(isSound
            ? $"{(body.Length > 0 ? "POST" : "GET")} {Route()}{_bodies.Pick(_queries)} HTTP/1.1\r\n{SecurityConnection.Local}"
            : $"{Method()} {Target()} {Version()}\r\n{Host()}");
        head.Append(CultureInfo.InvariantCulture, $"{framing}Content-Type: {type}\r\n");
        for (var i = isSound ? 0 : _random.Below(3); i > 0; i--)
        {
            head.Append(CultureInfo.InvariantCulture, $"{_bodies.Pick(_headers)}\r\n");
        }

        // Without a body, and with the key, a training would really start.
        if (framed.Length > 0 && _random.Below(2) == 0)
        {
            head.Append(CultureInfo.InvariantCulture, $"X-Api-Key: {key}\r\n");
        }

        head.Append("\r\n");
        byte[] whole = [.. Encoding.Latin1.GetBytes($"{head}"), .. framed];
        return _random.Below(50) switch
        {
            0 => _bodies.Noise(300),
            1 => whole[..(1 + _random.Below(whole.Length - 1))],
            _ => whole,
        };
    }

    private string Method() => _random.Below(4) > 0 ? _methods[_random.Below(5)] : _bodies.Pick(_methods);

    private string Version() => _random.Below(20) == 0 ? _bodies.Pick(["HTTP/1.0", "HTTP/2.0", "HTTP/1.2", "HTTP/", "", "http/1.1"]) : "HTTP/1.1";

    private string Host() => _random.Below(10) == 0
        ? _bodies.Pick(["", "Host: \r\n", "Host: a b\r\n", "Host: localhost\r\nHost: localhost\r\n", "Host: evil.example\r\n", "Host: [::\r\n", "Host: localhost:99999\r\n"])
        : SecurityConnection.Local;

    private string Route()
    {
        var path = new StringBuilder(routes[_random.Below(routes.Length)]);
        return $"{path.Replace("{id}", _bodies.Pick(_ids)).Replace("{name}", _bodies.Pick(_ids))}";
    }

    private string Target()
    {
        var path = Route();
        path = _random.Below(4) switch
        {
            0 => path + _bodies.Pick(_oddities),
            1 => path.Insert(1 + _random.Below(path.Length), _bodies.Pick(_oddities)),
            _ => path,
        };
        return _random.Below(20) == 0
            ? _bodies.Pick(["*", "", "http://localhost" + path, "http://evil.example/", "localhost:80", "?", "/" + new string('p', 9_000)])
            : path + _bodies.Pick(_queries);
    }

    // A body ends where Content-Length says, or in chunks; now and then it ends elsewhere.
    private (string Framing, byte[] Framed) Frame(byte[] body, bool isSound) => (body.Length == 0 ? 0 : isSound ? 12 + _random.Below(6) : _random.Below(15)) switch
    {
        0 => (_bodies.Pick(["", "Content-Length: 0\r\n"]), []),
        1 => (_bodies.Pick(["Content-Length: -1\r\n", "Content-Length: x\r\n", "Content-Length: 99999999999999999999\r\n", "Content-Length: 1\r\nContent-Length: 2\r\n"]), body),
        2 => ($"Content-Length: {body.Length + 1}\r\n", body),
        3 => ($"Content-Length: {body.Length / 2}\r\n", body),
        4 or 12 => ("Content-Length: 20000000\r\n", body),
        5 => ($"Content-Length: {body.Length}\r\nTransfer-Encoding: chunked\r\n", body),
        6 => (_bodies.Pick(["Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked, chunked\r\n", "Transfer-Encoding: \u00e9\r\n"]), body),
        7 => ("Transfer-Encoding: chunked\r\n", body),
        8 => ("Transfer-Encoding: chunked\r\n", [.. "ffffffffffffffffff\r\n"u8, .. body]),
        9 => ("Transfer-Encoding: chunked\r\n", [.. "5;ext=\"\r\n"u8, .. body]),
        10 or 11 => ("Transfer-Encoding: chunked\r\n", [.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8]),
        _ => ($"Content-Length: {body.Length}\r\n", body),
    };
}
