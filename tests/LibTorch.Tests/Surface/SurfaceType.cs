namespace LibTorch.Tests.Surface;

/// <summary>One type of a listing: its header line, and one line for each fact about it.</summary>
/// <param name="Header">For example <c>class TorchSharp.Scalar</c> or <c>class A : B</c>.</param>
/// <param name="Lines">Members and other facts, without indentation.</param>
internal sealed record SurfaceType(string Header, IReadOnlyList<string> Lines)
{
    /// <summary>The header without kind and base.</summary>
    public string Name { get; } = NameIn(Header);

    private static string NameIn(string header)
    {
        var declared = header.Split(" : ")[0];

        // Type arguments are joined without spaces, so the name is whatever follows the last one.
        return declared[(declared.LastIndexOf(' ') + 1)..];
    }
}
