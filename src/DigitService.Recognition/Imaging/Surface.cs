namespace DigitService.Recognition.Imaging;

/// <summary>A picture of which ink is the lighter part, and the paper behind the ink.</summary>
/// <param name="Levels">The picture.</param>
/// <param name="Paper">What it would be without ink.</param>
internal sealed record Surface(byte[] Levels, byte[] Paper);
