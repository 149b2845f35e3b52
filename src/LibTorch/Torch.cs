namespace TorchSharp;

/// <summary>
/// TorchSharp's API (0.106), as far as this project uses it, over the distribution's libtorch. Modules may be used for
/// inference by many threads at once, each with its own dispose scope; training a module is for one thread at a time.
/// </summary>
public static partial class torch
{
    public static ScalarType @bool = ScalarType.Bool;
    public static ScalarType uint8 = ScalarType.Byte;
    public static ScalarType int8 = ScalarType.Int8;
    public static ScalarType int16 = ScalarType.Int16;
    public static ScalarType int32 = ScalarType.Int32;
    public static ScalarType int64 = ScalarType.Int64;
    public static ScalarType float16 = ScalarType.Float16;
    public static ScalarType float32 = ScalarType.Float32;
    public static ScalarType float64 = ScalarType.Float64;

    static torch()
    {
        Native.Check(Native.lt_blas_path(out var path));
        if (LibTorchMessages.SlowBlas(Native.Text(path)) is { } warning)
        {
            Console.Error.WriteLine(warning);
        }
    }

    /// <summary>The version of libtorch.</summary>
    public static string __version__
    {
        get
        {
            Native.Check(Native.lt_version(out var version));
            return Native.Text(version);
        }
    }

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.OfThread.Current;

    /// <summary>Opens a scope on this thread: tensors made until it is closed are disposed with it.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.OfThread.Open();

    /// <summary>How many threads libtorch uses inside one operator.</summary>
    public static void set_num_threads(int num) => Native.Check(Native.lt_set_num_threads(num));

    public static int get_num_threads()
    {
        Native.Check(Native.lt_get_num_threads(out var count));
        return count;
    }

    /// <summary>How many threads run operators that are independent of one another. To be called once, early.</summary>
    public static void set_num_interop_threads(int num) => Native.Check(Native.lt_set_num_interop_threads(num));

    public static int get_num_interop_threads()
    {
        Native.Check(Native.lt_get_num_interop_threads(out var count));
        return count;
    }

    /// <summary>Records no graph on this thread until disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled()
    {
        Native.Check(Native.lt_grad_enabled(out var enabled));
        return enabled != 0;
    }

    /// <summary>Like <see cref="no_grad"/> and faster: tensors made in it can never take part in a graph.</summary>
    public static IDisposable inference_mode(bool mode = true)
    {
        Native.Check(Native.lt_inference_mode_enter(mode ? 1 : 0, out var guard));
        return guard;
    }

    public static bool is_inference_mode_enabled()
    {
        Native.Check(Native.lt_inference_mode_enabled(out var enabled));
        return enabled != 0;
    }

    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = is_grad_enabled();

        internal GradMode(bool enabled) => Native.Check(Native.lt_set_grad_enabled(enabled ? 1 : 0));

        public void Dispose() => Native.Check(Native.lt_set_grad_enabled(_before ? 1 : 0));
    }

    public static partial class autograd
    {
        /// <summary>Adds the gradients of <paramref name="tensors"/> to the leaves, or to <paramref name="inputs"/> alone.</summary>
        public static void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            using var outputs = new TensorList([.. tensors]);
            using var gradients = new TensorList([.. grad_tensors ?? []]);
            using var leaves = new TensorList([.. inputs ?? []]);
            Native.Check(Native.lt_backward(
                outputs.Handles,
                outputs.Count,
                gradients.Handles,
                gradients.Count,
                (retain_graph ?? create_graph) ? 1 : 0,
                create_graph ? 1 : 0,
                leaves.Handles,
                leaves.Count));
        }

        /// <summary>The gradients of <paramref name="outputs"/> with respect to <paramref name="inputs"/>, added nowhere.</summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            using var from = new TensorList([.. outputs]);
            using var to = new TensorList([.. inputs]);
            using var gradients = new TensorList([.. grad_outputs ?? []]);
            var results = new IntPtr[inputs.Count];
            Native.Check(Native.lt_grad(
                from.Handles,
                from.Count,
                to.Handles,
                to.Count,
                gradients.Handles,
                gradients.Count,
                retain_graph ? 1 : 0,
                create_graph ? 1 : 0,
                allow_unused ? 1 : 0,
                results));
            return [.. results.Select(result => result == IntPtr.Zero ? null! : new Tensor(new TensorHandle(result)))];
        }
    }
}
