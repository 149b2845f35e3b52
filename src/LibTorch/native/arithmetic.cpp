// Arithmetic and comparison.
#include "scalar.h"
#include "shim.h"

// ---- one operand

#define UNARY(name)                                                          \
    LT_API int lt_tensor_##name(Tensor tensor, Tensor* result) {             \
        return shim::guarded([&] { *result = shim::own(tensor->name()); });  \
    }

#define IN_PLACE(name)                                            \
    LT_API int lt_tensor_##name(Tensor tensor) {                  \
        return shim::guarded([&] { tensor->name(); });            \
    }

UNARY(abs)
UNARY(alias)
UNARY(all)
UNARY(any)
UNARY(clone)
UNARY(contiguous)
UNARY(cos)
UNARY(detach)
UNARY(exp)
UNARY(floor)
UNARY(isfinite)
UNARY(isnan)
UNARY(log)
UNARY(logical_not)
UNARY(max)
UNARY(min)
UNARY(neg)
UNARY(relu)
UNARY(round)
UNARY(rsqrt)
UNARY(sigmoid)
UNARY(sin)
UNARY(sqrt)
UNARY(square)
UNARY(t)
UNARY(tanh)
IN_PLACE(relu_)
IN_PLACE(sigmoid_)
IN_PLACE(sqrt_)
IN_PLACE(tanh_)
IN_PLACE(zero_)

// ---- two operands

#define BINARY(name)                                                                 \
    LT_API int lt_tensor_##name(Tensor left, Tensor right, Tensor* result) {         \
        return shim::guarded([&] { *result = shim::own(left->name(*right)); });      \
    }

#define BINARY_SCALAR(name)                                                                   \
    LT_API int lt_tensor_##name##_scalar(Tensor left, ScalarValue right, Tensor* result) {    \
        return shim::guarded([&] { *result = shim::own(left->name(right)); });                \
    }

BINARY(div)
BINARY(eq)
BINARY(ge)
BINARY(gt)
BINARY(le)
BINARY(logical_and)
BINARY(logical_or)
BINARY(lt)
BINARY(matmul)
BINARY(maximum)
BINARY(minimum)
BINARY(mm)
BINARY(mul)
BINARY(ne)
BINARY(pow)
BINARY_SCALAR(div)
BINARY_SCALAR(eq)
BINARY_SCALAR(ge)
BINARY_SCALAR(gt)
BINARY_SCALAR(le)
BINARY_SCALAR(lt)
BINARY_SCALAR(mul)
BINARY_SCALAR(ne)
BINARY_SCALAR(pow)

LT_API int lt_tensor_add(Tensor left, Tensor right, ScalarValue alpha, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(left->add(*right, alpha)); });
}

LT_API int lt_tensor_add_scalar(Tensor left, ScalarValue right, ScalarValue alpha, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(left->add(right, alpha)); });
}

LT_API int lt_tensor_sub(Tensor left, Tensor right, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(left->sub(*right)); });
}

LT_API int lt_tensor_sub_scalar(Tensor left, ScalarValue right, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(left->sub(right)); });
}

LT_API int lt_scalar_sub(ScalarValue left, Tensor right, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(at::rsub(*right, left)); });
}

LT_API int lt_scalar_div(ScalarValue left, Tensor right, Tensor* result) {
    return shim::guarded([&] { *result = shim::own(right->reciprocal().mul(left)); });
}

LT_API int lt_tensor_add_(Tensor left, Tensor right, ScalarValue alpha) {
    return shim::guarded([&] { left->add_(*right, alpha); });
}

LT_API int lt_tensor_add_scalar_(Tensor left, ScalarValue right, ScalarValue alpha) {
    return shim::guarded([&] { left->add_(right, alpha); });
}

LT_API int lt_tensor_sub_(Tensor left, Tensor right) {
    return shim::guarded([&] { left->sub_(*right); });
}

LT_API int lt_tensor_sub_scalar_(Tensor left, ScalarValue right) {
    return shim::guarded([&] { left->sub_(right); });
}

LT_API int lt_tensor_mul_(Tensor left, Tensor right) {
    return shim::guarded([&] { left->mul_(*right); });
}

LT_API int lt_tensor_mul_scalar_(Tensor left, ScalarValue right) {
    return shim::guarded([&] { left->mul_(right); });
}

LT_API int lt_tensor_div_(Tensor left, Tensor right) {
    return shim::guarded([&] { left->div_(*right); });
}

LT_API int lt_tensor_div_scalar_(Tensor left, ScalarValue right) {
    return shim::guarded([&] { left->div_(right); });
}

LT_API int lt_tensor_lerp_(Tensor tensor, Tensor end, Tensor weight) {
    return shim::guarded([&] { tensor->lerp_(*end, *weight); });
}

LT_API int lt_tensor_fill_(Tensor tensor, ScalarValue value) {
    return shim::guarded([&] { tensor->fill_(value); });
}

LT_API int lt_tensor_copy_(Tensor tensor, Tensor source, int non_blocking) {
    return shim::guarded([&] { tensor->copy_(*source, non_blocking != 0); });
}

LT_API int lt_tensor_set_(Tensor tensor, Tensor source) {
    return shim::guarded([&] { tensor->set_(*source); });
}

// A missing bound has a null pointer.
LT_API int lt_tensor_clamp(Tensor tensor, const ScalarValue* min, const ScalarValue* max, int in_place,
                           Tensor* result) {
    return shim::guarded([&] {
        const auto low = min == nullptr ? c10::optional<at::Scalar>() : c10::optional<at::Scalar>(*min);
        const auto high = max == nullptr ? c10::optional<at::Scalar>() : c10::optional<at::Scalar>(*max);
        if (in_place != 0) {
            tensor->clamp_(low, high);
        } else {
            *result = shim::own(tensor->clamp(low, high));
        }
    });
}

LT_API int lt_tensor_allclose(Tensor tensor, Tensor other, double rtol, double atol, int equal_nan, int32_t* result) {
    return shim::guarded([&] { *result = tensor->allclose(*other, rtol, atol, equal_nan != 0); });
}
