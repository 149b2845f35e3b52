namespace DigitService.Predictions;

/// <summary>What a request has brought.</summary>
/// <param name="bytes">They end with this.</param>
/// <param name="isJson">Whether they are the JSON of <see cref="JsonPicture"/>, not a picture.</param>
internal sealed class PictureBody(BodyBuffer bytes, bool isJson) : IDisposable
{
    /// <summary>Ten megabytes of picture in base64, and what is around it.</summary>
    internal const int LargestBody = 15 << 20;

    internal const int LargestPicture = 10 << 20;

    internal const string Accepted =
        "Accepted are the bytes of a picture, a form with a part 'file', or JSON: {\"image\": \"data:image/png;base64,…\"} "
        + "or {\"pixels\": [784 numbers from 0 to 255]}.";

    internal BodyBuffer Bytes => bytes;

    internal bool IsJson => isJson;

    public void Dispose() => bytes.Dispose();

    internal static BadHttpRequestException TooLarge() => new(
        "The picture has more than 10,485,760 bytes (10 MB), which is the most that is accepted.",
        StatusCodes.Status413PayloadTooLarge);
}
