using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace DigitService.Security;

/// <summary>Whom a request counts for: an IPv4 address, or the 64 bits of an IPv6 address that a household has to itself.</summary>
internal static class Client
{
    /// <summary>So many limits are kept at most: more clients than that share them by chance, and no flood of addresses costs memory.</summary>
    internal const int Buckets = 1 << 14;

    /// <summary>Whether it is a program on this machine that asks, and not a proxy here that passes on what others ask.</summary>
    internal static bool IsLocal(HttpContext context) =>
        (context.Connection.RemoteIpAddress is not { } address || IsLoopback(address))
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");

    internal static bool IsLoopback(IPAddress address) =>
        IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>0 to <see cref="Buckets"/> - 1. Which clients share one is drawn anew with every start, so that nobody can aim at another.</summary>
    internal static int BucketOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address is null || !address.TryWriteBytes(bytes, out _))
        {
            return 0;
        }

        // The system hands out IPv4 addresses in the form of IPv6 where it listens for both.
        var client = address.AddressFamily == AddressFamily.InterNetwork ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : address.IsIPv4MappedToIPv6 ? BinaryPrimitives.ReadUInt32BigEndian(bytes[12..])
            : BinaryPrimitives.ReadUInt64BigEndian(bytes);
        return (int)((uint)HashCode.Combine(client) % Buckets);
    }
}
