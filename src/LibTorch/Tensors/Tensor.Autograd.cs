namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get
            {
                Native.Check(Native.lt_tensor_requires_grad(handle, out var required));
                return required != 0;
            }

            set => Native.Check(Native.lt_tensor_set_requires_grad(handle, value ? 1 : 0));
        }

        /// <summary>Whether gradients that reach this tensor end here: it was made by the user, not by an operator.</summary>
        public bool is_leaf
        {
            get
            {
                Native.Check(Native.lt_tensor_is_leaf(handle, out var leaf));
                return leaf != 0;
            }
        }

        /// <summary>The gradient that backward passes have summed here, or null.</summary>
        public Tensor? grad
        {
            get
            {
                Native.Check(Native.lt_tensor_grad(handle, out var result));
                return result.IsInvalid ? null : new Tensor(result);
            }

            set => Native.Check(Native.lt_tensor_set_grad(handle, value?.handle ?? TensorHandle.None));
        }

        public Tensor requires_grad_(bool requires_grad = true) => with_requires_grad(requires_grad);

        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public void retain_grad() => Native.Check(Native.lt_tensor_retain_grad(handle));

        /// <summary>The same elements, cut off from the graph.</summary>
        public Tensor detach() => Result(Native.lt_tensor_detach(handle, out var result), result);

        /// <summary>Adds the gradients of this scalar to every leaf that it depends on.</summary>
        public void backward() => backward(null);

        public void backward(
            IList<Tensor>? grad_tensors = null,
            bool retain_graph = false,
            bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
