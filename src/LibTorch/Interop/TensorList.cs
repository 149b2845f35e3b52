namespace TorchSharp;

/// <summary>
/// The native pointers of several tensors, kept alive until this list is disposed. A missing tensor is a null pointer.
/// </summary>
internal readonly ref struct TensorList : IDisposable
{
    private readonly TensorHandle?[] _held;
    private readonly IntPtr[] _pointers;

    internal TensorList(IReadOnlyList<torch.Tensor?> tensors)
    {
        _held = new TensorHandle?[tensors.Count];
        _pointers = new IntPtr[tensors.Count];
        try
        {
            for (var i = 0; i < tensors.Count; i++)
            {
                if (tensors[i] is { } tensor)
                {
                    var added = false;
                    tensor.handle.DangerousAddRef(ref added);
                    _held[i] = tensor.handle;
                    _pointers[i] = tensor.handle.DangerousGetHandle();
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal ReadOnlySpan<IntPtr> Handles => _pointers;

    internal int Count => _pointers.Length;

    public void Dispose()
    {
        foreach (var handle in _held)
        {
            handle?.DangerousRelease();
        }
    }
}
