using System.Globalization;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array in native memory. It is released by its dispose scope, by <see cref="Dispose()"/>, and
    /// at last by its finaliser; using it afterwards throws <see cref="ObjectDisposedException"/>. Reading a tensor
    /// from several threads is safe; changing or disposing it is for one thread at a time.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private TensorHandle? _handle;

        internal Tensor(TensorHandle handle, bool register = true)
        {
            _handle = handle;
            if (register)
            {
                DisposeScopeManager.OfThread.Current?.Add(this);
            }
        }

        /// <summary>How many native tensors are alive in the process.</summary>
        public static long TotalCount => Native.lt_live_tensors();

        /// <summary>The largest number of native tensors that were ever alive at once.</summary>
        public static long PeakCount => Native.lt_peak_tensors();

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <exception cref="ObjectDisposedException">The tensor was disposed, or became a parameter.</exception>
        internal TensorHandle handle => _handle
            ?? throw new ObjectDisposedException(nameof(Tensor), "The tensor was disposed, or moved into a parameter.");

        public IntPtr Handle => handle.DangerousGetHandle();

        public bool IsInvalid => _handle is null;

        public long Dimensions
        {
            get
            {
                Native.Check(Native.lt_tensor_rank(handle, out var rank));
                return rank;
            }
        }

        public long ndim => Dimensions;

        public long NumberOfElements
        {
            get
            {
                Native.Check(Native.lt_tensor_numel(handle, out var count));
                return count;
            }
        }

        /// <summary>Bytes per element.</summary>
        public long ElementSize
        {
            get
            {
                Native.Check(Native.lt_tensor_element_size(handle, out var bytes));
                return bytes;
            }
        }

        public ScalarType dtype
        {
            get
            {
                Native.Check(Native.lt_tensor_dtype(handle, out var type));
                return (ScalarType)type;
            }
        }

        public Device device
        {
            get
            {
                Native.Check(Native.lt_tensor_device(handle, out var type, out var index));
                return new Device((DeviceType)type, index);
            }
        }

        public DeviceType device_type => device.type;

        public long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                Native.Check(Native.lt_tensor_sizes(handle, sizes, new long[sizes.Length]));
                return sizes;
            }
        }

        /// <summary>
        /// The elements' bytes, as they lie in memory: for tensors on the CPU that are contiguous. The span is valid
        /// for as long as the tensor is.
        /// </summary>
        public unsafe Span<byte> bytes
        {
            get => new((void*)ContiguousData(), checked((int)(NumberOfElements * ElementSize)));
            set
            {
                var own = bytes;
                if (own.Length != value.Length)
                {
                    throw new ArgumentException($"The tensor has {own.Length} bytes; {value.Length} were given.");
                }

                value.CopyTo(own);
            }
        }

        public long numel() => NumberOfElements;

        public long element_size() => ElementSize;

        public long size(int dim) => shape[dim < 0 ? dim + (int)Dimensions : dim];

        public long[] size() => shape;

        public long[] stride()
        {
            var strides = new long[Dimensions];
            Native.Check(Native.lt_tensor_sizes(handle, new long[strides.Length], strides));
            return strides;
        }

        public long stride(int dim) => stride()[dim < 0 ? dim + (int)Dimensions : dim];

        public long storage_offset()
        {
            Native.Check(Native.lt_tensor_storage_offset(handle, out var offset));
            return offset;
        }

        public bool is_contiguous()
        {
            Native.Check(Native.lt_tensor_is_contiguous(handle, out var contiguous));
            return contiguous != 0;
        }

        /// <summary>The elements in row-major order, whatever the strides; a copy is made where they are not on the CPU.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's element type.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ElementTypes.Require<T>(dtype);
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The value of a tensor with one element.</summary>
        /// <exception cref="ArgumentException">There is not exactly one element, or it is of another type.</exception>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException($"The tensor must have one element; it has {NumberOfElements}.");
            }

            return data<T>()[0];
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public override string ToString()
        {
            if (IsInvalid)
            {
                return "disposed tensor";
            }

            var type = dtype.ToString().ToLowerInvariant();
            var where = device_type == DeviceType.CPU ? "" : $", device = {device}";
            return Dimensions == 0
                ? string.Create(CultureInfo.InvariantCulture, $"[], type = {type}{where}, value = {ToDouble()}")
                : $"[{string.Join("x", shape)}], type = {type}{where}";
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            OwningDisposeScope?.MarkAsDisposed(this);
            Interlocked.Exchange(ref _handle, null)?.Dispose();
        }

        /// <summary>Gives the native tensor away: this object is as good as disposed, and nothing is freed.</summary>
        internal TensorHandle MoveHandle()
        {
            var moved = handle;
            _handle = null;
            return moved;
        }

        /// <summary>Wraps the result of a native call, or throws its error.</summary>
        internal static Tensor Result(int status, TensorHandle result)
        {
            Native.Check(status);
            return new Tensor(result);
        }

        internal double ToDouble()
        {
            Native.Check(Native.lt_tensor_item(handle, out var value));
            return value.ToDouble();
        }

        internal IntPtr ContiguousData()
        {
            if (device_type != DeviceType.CPU || !is_contiguous())
            {
                throw new InvalidOperationException(
                    "The bytes of a tensor can be reached when it is contiguous and on the CPU: see contiguous() and cpu().");
            }

            return Data();
        }

        internal IntPtr Data()
        {
            Native.Check(Native.lt_tensor_data(handle, out var address));
            return address;
        }
    }

    /// <summary>Which C# type an element type is read and written as.</summary>
    internal static class ElementTypes
    {
        internal static void Require<T>(ScalarType type) where T : unmanaged
        {
            if (Of<T>() != type)
            {
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {type}");
            }
        }

        internal static ScalarType? Of<T>() where T : unmanaged =>
            typeof(T) == typeof(float) ? ScalarType.Float32
            : typeof(T) == typeof(double) ? ScalarType.Float64
            : typeof(T) == typeof(long) ? ScalarType.Int64
            : typeof(T) == typeof(int) ? ScalarType.Int32
            : typeof(T) == typeof(byte) ? ScalarType.Byte
            : typeof(T) == typeof(bool) ? ScalarType.Bool
            : typeof(T) == typeof(short) ? ScalarType.Int16
            : typeof(T) == typeof(sbyte) ? ScalarType.Int8
            : typeof(T) == typeof(Half) ? ScalarType.Float16
            : null;
    }
}
