namespace TorchSharp;

/// <summary>
/// Disposes the tensors that were made in it, unless they were moved or detached. A scope belongs to the thread
/// that opened it: tensors made on other threads do not join it, and it must be used and closed on that thread.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private HashSet<torch.Tensor> _tensors = new(ReferenceEqualityComparer.Instance);
    private bool _closed;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        _manager = manager;
        Outer = outer;
    }

    internal DisposeScope? Outer { get; set; }

    /// <summary>How many tensors the scope holds.</summary>
    public int DisposablesCount
    {
        get
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return _tensors.Count;
        }
    }

    public bool Contains(IDisposable disposable) => disposable is torch.Tensor tensor && _tensors.Contains(tensor);

    /// <summary>Puts a tensor under this scope, taking it from the one that held it.</summary>
    public void Attach(IDisposable disposable)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var tensor = AsTensor(disposable);
        tensor.OwningDisposeScope?._tensors.Remove(tensor);
        Add(tensor);
    }

    /// <summary>Lets a tensor live until it is disposed by hand or collected.</summary>
    public T Detach<T>(T disposable) where T : IDisposable
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (disposable is torch.Tensor tensor && _tensors.Remove(tensor))
        {
            tensor.OwningDisposeScope = null;
        }

        return disposable;
    }

    /// <summary>Hands a tensor to the scope around this one; where there is none, detaches it.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(Outer, disposable);

    /// <summary>Hands a tensor of this scope to another scope; null detaches it.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        if (scope is null)
        {
            return Detach(disposable);
        }

        ObjectDisposedException.ThrowIf(_closed, this);
        if (disposable is torch.Tensor tensor && _tensors.Remove(tensor))
        {
            scope.Add(tensor);
        }

        return disposable;
    }

    /// <summary>Disposes all tensors of the scope now; it stays open.</summary>
    public void DisposeEverything()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var disposed = _tensors;
        _tensors = new HashSet<torch.Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var tensor in disposed)
        {
            tensor.OwningDisposeScope = null;
            tensor.Dispose();
        }
    }

    /// <summary>Forgets a tensor that was disposed by hand.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var tensor = AsTensor(disposable);
        _tensors.Remove(tensor);
        tensor.OwningDisposeScope = null;
    }

    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        DisposeEverything();
        _manager.Close(this);
        _closed = true;
    }

    internal void Add(torch.Tensor tensor)
    {
        _tensors.Add(tensor);
        tensor.OwningDisposeScope = this;
    }

    /// <summary>Puts <paramref name="replacement"/> in the place of a tensor that gave its native tensor away.</summary>
    internal void Replace(torch.Tensor original, torch.Tensor replacement)
    {
        _tensors.Remove(original);
        original.OwningDisposeScope = null;
        Add(replacement);
    }

    private static torch.Tensor AsTensor(IDisposable disposable) => disposable as torch.Tensor
        ?? throw new InvalidOperationException("A dispose scope holds tensors only.");
}
