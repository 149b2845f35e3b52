namespace TorchSharp;

public static partial class torch
{
    // Each method is libtorch's operator of that name, with its broadcasting and type promotion; a name that ends in
    // an underscore changes the tensor itself.
    public partial class Tensor
    {
        private static readonly ScalarValue One = new(1, 0, ScalarKind.Integer);

        public Tensor abs() => Result(Native.lt_tensor_abs(handle, out var result), result);

        public Tensor alias() => Result(Native.lt_tensor_alias(handle, out var result), result);

        public Tensor cos() => Result(Native.lt_tensor_cos(handle, out var result), result);

        public Tensor exp() => Result(Native.lt_tensor_exp(handle, out var result), result);

        public Tensor floor() => Result(Native.lt_tensor_floor(handle, out var result), result);

        public Tensor log() => Result(Native.lt_tensor_log(handle, out var result), result);

        public Tensor neg() => Result(Native.lt_tensor_neg(handle, out var result), result);

        public Tensor relu() => Result(Native.lt_tensor_relu(handle, out var result), result);

        public Tensor rsqrt() => Result(Native.lt_tensor_rsqrt(handle, out var result), result);

        public Tensor sigmoid() => Result(Native.lt_tensor_sigmoid(handle, out var result), result);

        public Tensor sin() => Result(Native.lt_tensor_sin(handle, out var result), result);

        public Tensor sqrt() => Result(Native.lt_tensor_sqrt(handle, out var result), result);

        public Tensor square() => Result(Native.lt_tensor_square(handle, out var result), result);

        public Tensor tanh() => Result(Native.lt_tensor_tanh(handle, out var result), result);

        public Tensor relu_() => Changed(Native.lt_tensor_relu_(handle));

        public Tensor sigmoid_() => Changed(Native.lt_tensor_sigmoid_(handle));

        public Tensor sqrt_() => Changed(Native.lt_tensor_sqrt_(handle));

        public Tensor tanh_() => Changed(Native.lt_tensor_tanh_(handle));

        public Tensor zero_() => Changed(Native.lt_tensor_zero_(handle));

        public Tensor add(Tensor target) => Add(target, One);

        public Tensor add(Tensor target, Scalar alpha) => Add(target, alpha.Value);

        public Tensor add(Scalar scalar) =>
            Result(Native.lt_tensor_add_scalar(handle, scalar.Value, One, out var result), result);

        public Tensor add_(Tensor target) => Changed(Native.lt_tensor_add_(handle, target.handle, One));

        public Tensor add_(Tensor target, Scalar alpha) =>
            Changed(Native.lt_tensor_add_(handle, target.handle, alpha.Value));

        public Tensor add_(Scalar scalar) => Changed(Native.lt_tensor_add_scalar_(handle, scalar.Value, One));

        public Tensor sub(Tensor target) => Result(Native.lt_tensor_sub(handle, target.handle, out var result), result);

        public Tensor sub(Scalar target) =>
            Result(Native.lt_tensor_sub_scalar(handle, target.Value, out var result), result);

        public Tensor sub_(Tensor target) => Changed(Native.lt_tensor_sub_(handle, target.handle));

        public Tensor sub_(Scalar target) => Changed(Native.lt_tensor_sub_scalar_(handle, target.Value));

        public Tensor mul(Tensor target) => Result(Native.lt_tensor_mul(handle, target.handle, out var result), result);

        public Tensor mul(Scalar target) =>
            Result(Native.lt_tensor_mul_scalar(handle, target.Value, out var result), result);

        public Tensor mul_(Tensor target) => Changed(Native.lt_tensor_mul_(handle, target.handle));

        public Tensor mul_(Scalar target) => Changed(Native.lt_tensor_mul_scalar_(handle, target.Value));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Require(rounding_mode);
            return Changed(Native.lt_tensor_div_scalar_(handle, target.Value));
        }

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Require(rounding_mode);
            return Changed(Native.lt_tensor_div_(handle, target.handle));
        }

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Require(rounding_mode);
            return Result(Native.lt_tensor_div(handle, target.handle, out var result), result);
        }

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Require(rounding_mode);
            return Result(Native.lt_tensor_div_scalar(handle, target.Value, out var result), result);
        }

        public Tensor pow(Tensor exponent) =>
            Result(Native.lt_tensor_pow(handle, exponent.handle, out var result), result);

        public Tensor pow(Scalar exponent) =>
            Result(Native.lt_tensor_pow_scalar(handle, exponent.Value, out var result), result);

        public Tensor matmul(Tensor target) =>
            Result(Native.lt_tensor_matmul(handle, target.handle, out var result), result);

        public Tensor mm(Tensor target) => Result(Native.lt_tensor_mm(handle, target.handle, out var result), result);

        public Tensor maximum(Tensor other) =>
            Result(Native.lt_tensor_maximum(handle, other.handle, out var result), result);

        public Tensor minimum(Tensor other) =>
            Result(Native.lt_tensor_minimum(handle, other.handle, out var result), result);

        public Tensor lerp_(Tensor end, Tensor weight) =>
            Changed(Native.lt_tensor_lerp_(handle, end.handle, weight.handle));

        public unsafe Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            var (low, high) = (min?.Value ?? default, max?.Value ?? default);
            return Result(
                Native.lt_tensor_clamp(
                    handle, min is null ? null : &low, max is null ? null : &high, inPlace: 0, out var result),
                result);
        }

        public unsafe Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            var (low, high) = (min?.Value ?? default, max?.Value ?? default);
            return Changed(Native.lt_tensor_clamp(
                handle, min is null ? null : &low, max is null ? null : &high, inPlace: 1, out _));
        }

        public Tensor fill_(Scalar value) => Changed(Native.lt_tensor_fill_(handle, value.Value));

        /// <summary>Copies the elements of <paramref name="source"/>, converted and broadcast, into this tensor.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) =>
            Changed(Native.lt_tensor_copy_(handle, source.handle, nonBlocking ? 1 : 0));

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Changed(Native.lt_tensor_uniform_(handle, from, to, HandleOf(generator)));

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Changed(Native.lt_tensor_normal_(handle, mean, std, HandleOf(generator)));

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Changed(Native.lt_tensor_bernoulli_(handle, p, HandleOf(generator)));

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        public static Tensor operator -(Scalar left, Tensor right) =>
            Result(Native.lt_scalar_sub(left.Value, right.handle, out var result), result);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        public static Tensor operator /(Scalar left, Tensor right) =>
            Result(Native.lt_scalar_div(left.Value, right.handle, out var result), result);

        public static Tensor operator -(Tensor tensor) => tensor.neg();

        internal static GeneratorHandle HandleOf(Generator? generator) => generator?.handle ?? GeneratorHandle.None;

        private Tensor Add(Tensor target, ScalarValue alpha) =>
            Result(Native.lt_tensor_add(handle, target.handle, alpha, out var result), result);

        private Tensor Changed(int status)
        {
            Native.Check(status);
            return this;
        }

        private static void Require(RoundingMode mode)
        {
            if (mode != RoundingMode.None)
            {
                throw new NotSupportedException($"Division rounds to {mode} only with TorchSharp itself.");
            }
        }
    }

    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode
    {
        None = 0,
        trunc = 1,
        floor = 2,
    }
}
