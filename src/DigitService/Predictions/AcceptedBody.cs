namespace DigitService.Predictions;

/// <summary>
/// A form in which a route takes its body, for the API's description: what a route accepts by itself would be refused
/// to clients that call their picture something else.
/// </summary>
/// <param name="ContentType">The content type.</param>
/// <param name="Schema">The JSON schema of the body, as OpenAPI 3.1 has it.</param>
internal sealed record AcceptedBody(string ContentType, string Schema)
{
    private const string Bytes = """{"type":"string","format":"binary"}""";

    /// <summary>What POST /predict takes.</summary>
    internal static AcceptedBody[] OfPrediction { get; } =
    [
        .. new[] { "image/png", "image/jpeg", "image/webp", "image/bmp", "image/gif" }.Select(type => new AcceptedBody(type, Bytes)),
        new("multipart/form-data", """
            {"type":"object","required":["file"],"properties":{"file":{"type":"string","format":"binary"}}}
            """),
        new("application/json", """
            {
              "type": "object",
              "description": "Either the picture or its pixels.",
              "properties": {
                "image": {
                  "type": "string",
                  "description": "A PNG, JPEG, WebP, BMP or GIF in base64, as a data address or without its head."
                },
                "pixels": {
                  "type": "array",
                  "description": "28 rows of 28, from 0 for paper to 255 for ink, as MNIST has them.",
                  "items": { "type": "number", "minimum": 0, "maximum": 255 },
                  "minItems": 784,
                  "maxItems": 784
                }
              }
            }
            """),
    ];

    /// <summary>What POST /predict/batch takes.</summary>
    internal static AcceptedBody OfBatch { get; } = new("multipart/form-data", """
        {
          "type": "object",
          "required": ["file"],
          "properties": { "file": { "type": "array", "items": { "type": "string", "format": "binary" } } }
        }
        """);
}
