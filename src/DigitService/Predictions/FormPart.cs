namespace DigitService.Predictions;

/// <summary>A part of a multipart form.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="FileName">What the client calls the file; null if it has not said.</param>
/// <param name="Content">The part's bytes, which are there until the next part is asked for.</param>
internal sealed record FormPart(string? Name, string? FileName, Stream Content)
{
    /// <summary>Whether it is the field that pictures are expected in.</summary>
    internal bool IsNamedFile => Name == "file";

    /// <summary>Programs that send bytes from memory often give them no file name.</summary>
    internal bool IsFile => IsNamedFile || FileName is not null;
}
