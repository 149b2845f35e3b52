namespace DigitService.Predictions;

/// <summary>A picture as it was sent.</summary>
/// <param name="Encoded">Its bytes.</param>
/// <param name="Pixels">784 values as networks read them, where those were sent; otherwise null.</param>
internal readonly record struct SentPicture(ReadOnlyMemory<byte> Encoded, byte[]? Pixels);
