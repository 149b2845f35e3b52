namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Indexing as in Python: a view made of single indices, slices, ellipsis and new dimensions.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set
            {
                using var place = index(indices);
                place.copy_(value);
            }
        }

        public Tensor this[long i1]
        {
            get => select(0, i1);
            set
            {
                using var place = select(0, i1);
                place.copy_(value);
            }
        }

        public Tensor this[long i1, long i2]
        {
            get
            {
                using var row = select(0, i1);
                return row.select(0, i2);
            }

            set
            {
                using var place = this[i1, i2];
                place.copy_(value);
            }
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var view = alias();
            var dim = 0L;
            for (var i = 0; i < indices.Length; i++)
            {
                var before = view;
                (view, dim) = indices[i].Apply(before, dim, dimsAfter: Consumed(indices.AsSpan(i + 1)));
                if (!ReferenceEquals(before, view))
                {
                    before.Dispose();
                }
            }

            return view;
        }

        private static long Consumed(ReadOnlySpan<TensorIndex> indices)
        {
            var count = 0L;
            foreach (var index in indices)
            {
                count += index.ConsumesDimension ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>One part of an index: a number, a slice, an ellipsis or a new dimension.</summary>
    public struct TensorIndex
    {
        private enum Part
        {
            None,
            Ellipsis,
            Single,
            Slice,
        }

        private Part _part;
        private long? _start;
        private long? _stop;
        private long? _step;

        /// <summary>As many whole dimensions as are needed.</summary>
        public static readonly TensorIndex Ellipsis = new() { _part = Part.Ellipsis };

        /// <summary>A new dimension of size one.</summary>
        public static readonly TensorIndex None = new() { _part = Part.None };

        /// <summary>A whole dimension.</summary>
        public static readonly TensorIndex Colon = Slice();

        internal readonly bool ConsumesDimension => _part is Part.Single or Part.Slice;

        public static implicit operator TensorIndex(long value) => Single(value);

        public static TensorIndex Single(long? index) => new() { _part = Part.Single, _start = index };

        /// <summary>Every <paramref name="step"/>-th element of a half-open range; negative bounds count from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { _part = Part.Slice, _start = start, _stop = stop, _step = step };

        /// <summary>Applies this part at a dimension, and tells at which dimension the next one stands.</summary>
        internal readonly unsafe (Tensor View, long NextDim) Apply(Tensor tensor, long dim, long dimsAfter)
        {
            switch (_part)
            {
                case Part.None:
                    return (tensor.unsqueeze(dim), dim + 1);
                case Part.Ellipsis:
                    return (tensor, tensor.Dimensions - dimsAfter);
                case Part.Single:
                    return (tensor.select(dim, _start.GetValueOrDefault()), dim);
                default:
                    var (start, stop) = (_start.GetValueOrDefault(), _stop.GetValueOrDefault());
                    var status = Native.lt_tensor_slice(
                        tensor.handle,
                        dim,
                        _start is null ? null : &start,
                        _stop is null ? null : &stop,
                        _step ?? 1,
                        out var result);
                    return (Tensor.Result(status, result), dim + 1);
            }
        }
    }
}
