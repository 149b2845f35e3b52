// The optimisers' steps: one call for all parameters of a group, one pass over memory for each parameter.
//
// The order of operations, and what is computed in double, are those of PyTorch's single-tensor formulas. A
// parameter without a gradient is left alone.
#include "optim_kernels.h"
#include "shim.h"

#include <initializer_list>

namespace {

using kernels::AdamConstants;
using kernels::Decay;
using kernels::SgdConstants;

bool is_plain(const torch::Tensor& tensor) {
    return tensor.device().is_cpu() && tensor.layout() == at::kStrided && !tensor.is_neg() &&
           tensor.is_non_overlapping_and_dense();
}

// The strides of a dimension of size 1 say nothing: convolutions leave odd ones there.
bool same_order(const torch::Tensor& a, const torch::Tensor& b) {
    if (a.sizes() != b.sizes()) {
        return false;
    }
    for (int64_t i = 0; i < a.dim(); i++) {
        if (a.size(i) != 1 && a.stride(i) != b.stride(i)) {
            return false;
        }
    }
    return true;
}

// Whether element i of one lies at place i of every other, and no two share memory.
bool is_fusable(std::initializer_list<const torch::Tensor*> tensors) {
    const auto& first = **tensors.begin();
    if (first.scalar_type() != at::kFloat && first.scalar_type() != at::kDouble) {
        return false;
    }
    for (auto a = tensors.begin(); a != tensors.end(); a++) {
        if (!is_plain(**a) || (*a)->scalar_type() != first.scalar_type() || !same_order(first, **a)) {
            return false;
        }
        for (auto b = tensors.begin(); b != a; b++) {
            if ((*a)->is_alias_of(**b)) {
                return false;
            }
        }
    }
    return true;
}

// A gradient in another memory order (channels last, say) costs a copy, not the slow path.
torch::Tensor in_order_of(const torch::Tensor& parameter, const torch::Tensor& gradient) {
    const bool movable = is_plain(parameter) && gradient.device().is_cpu() && gradient.layout() == at::kStrided &&
                         gradient.scalar_type() == parameter.scalar_type() && gradient.sizes() == parameter.sizes();
    const bool suits = is_plain(gradient) && same_order(parameter, gradient) && !gradient.is_alias_of(parameter);
    return movable && !suits ? torch::empty_like(parameter).copy_(gradient) : gradient;
}

// What an in-place operator does, so that a backward pass through an older value still notices.
void mark_written(std::initializer_list<const torch::Tensor*> tensors) {
    for (const auto* tensor : tensors) {
        tensor->unsafeGetTensorImpl()->bump_version();
    }
}

struct AdamOptions {
    double lr, beta1, beta2, eps, weight_decay;
    bool decoupled, maximize;

    double rate(int64_t step) const { return -(lr / (1 - std::pow(beta1, static_cast<double>(step)))); }
    double root_correction(int64_t step) const {
        return std::sqrt(1 - std::pow(beta2, static_cast<double>(step)));
    }
    double keep() const { return 1 - lr * weight_decay; }

    Decay decay() const {
        return weight_decay == 0 ? Decay::none : decoupled ? Decay::weight : Decay::gradient;
    }

    template <typename T>
    AdamConstants<T> constants(int64_t step) const {
        return {static_cast<T>(maximize ? -1 : 1), static_cast<T>(beta1),     static_cast<T>(1 - beta1),
                static_cast<T>(beta2),             static_cast<T>(1 - beta2), static_cast<T>(weight_decay),
                static_cast<T>(keep()),            static_cast<T>(root_correction(step)),
                static_cast<T>(eps),               static_cast<T>(rate(step))};
    }
};

template <typename T>
void adam_fused(const torch::Tensor& parameter, const torch::Tensor& gradient, const torch::Tensor& m,
                const torch::Tensor& v, const torch::Tensor* peak, int64_t step, const AdamOptions& options) {
    kernels::adam_kernel(parameter.numel(), parameter.data_ptr<T>(), gradient.data_ptr<T>(), m.data_ptr<T>(),
                v.data_ptr<T>(), peak == nullptr ? nullptr : peak->data_ptr<T>(), options.decay(),
                options.constants<T>(step));
}

void adam_by_operators(torch::Tensor parameter, torch::Tensor gradient, torch::Tensor m, torch::Tensor v,
                       torch::Tensor* peak, int64_t step, const AdamOptions& options) {
    if (options.maximize) {
        gradient = gradient.neg();
    }
    if (options.decay() == Decay::gradient) {
        gradient = gradient.add(parameter, options.weight_decay);
    } else if (options.decay() == Decay::weight) {
        parameter.mul_(options.keep());
    }
    m.mul_(options.beta1).add_(gradient, 1 - options.beta1);
    v.mul_(options.beta2).addcmul_(gradient, gradient, 1 - options.beta2);
    if (peak != nullptr) {
        peak->copy_(torch::maximum(*peak, v));
    }
    auto divisor = (peak == nullptr ? v : *peak).sqrt().div_(options.root_correction(step)).add_(options.eps);
    parameter.addcdiv_(m, divisor, options.rate(step));
}

struct SgdOptions {
    double lr, momentum, dampening, weight_decay;
    bool nesterov, maximize;

    // The sign is in the rate, not in the gradient: so it is in TorchSharp, where PyTorch negates the gradient
    // before weight decay and momentum see it.
    double rate() const { return maximize ? lr : -lr; }

    // A fresh buffer is zero and takes the whole gradient, without dampening.
    template <typename T>
    SgdConstants<T> constants(bool fresh) const {
        return {static_cast<T>(weight_decay), static_cast<T>(momentum), static_cast<T>(fresh ? 1 : 1 - dampening),
                static_cast<T>(momentum), static_cast<T>(rate())};
    }
};

template <typename T>
void sgd_fused(const torch::Tensor& parameter, const torch::Tensor& gradient, const torch::Tensor* buffer,
               bool fresh, const SgdOptions& options) {
    kernels::sgd_kernel(parameter.numel(), parameter.data_ptr<T>(), gradient.data_ptr<T>(),
               buffer == nullptr ? nullptr : buffer->data_ptr<T>(), options.weight_decay != 0, options.nesterov,
               options.constants<T>(fresh));
}

void sgd_by_operators(torch::Tensor parameter, torch::Tensor gradient, torch::Tensor* buffer, bool fresh,
                      const SgdOptions& options) {
    if (options.weight_decay != 0) {
        gradient = gradient.add(parameter, options.weight_decay);
    }
    if (buffer != nullptr) {
        buffer->mul_(options.momentum).add_(gradient, fresh ? 1 : 1 - options.dampening);
        gradient = options.nesterov ? gradient.add(*buffer, options.momentum) : *buffer;
    }
    parameter.add_(gradient, options.rate());
}

}  // namespace

// Adam, and AdamW where `decoupled`; `max_exp_avg_sqs` is null without AMSGrad. The step of each parameter that
// has a gradient goes up by one before its update.
LT_API int lt_adam_step(const Tensor* parameters, const Tensor* exp_avgs, const Tensor* exp_avg_sqs,
                        const Tensor* max_exp_avg_sqs, int64_t* steps, int64_t count, double lr, double beta1,
                        double beta2, double eps, double weight_decay, int decoupled, int maximize) {
    return shim::guarded([&] {
        torch::NoGradGuard no_grad;
        const AdamOptions options{lr, beta1, beta2, eps, weight_decay, decoupled != 0, maximize != 0};
        for (int64_t i = 0; i < count; i++) {
            const auto& parameter = *parameters[i];
            if (!parameter.grad().defined()) {
                continue;
            }
            const auto gradient = in_order_of(parameter, parameter.grad());
            TORCH_CHECK(gradient.layout() == at::kStrided, "Adam takes no sparse gradients");
            TORCH_CHECK(!parameter.is_complex(), "Adam takes no complex parameters");
            const auto& m = *exp_avgs[i];
            const auto& v = *exp_avg_sqs[i];
            auto* peak = max_exp_avg_sqs == nullptr ? nullptr : max_exp_avg_sqs[i];
            const int64_t step = ++steps[i];
            const bool fusable = peak == nullptr ? is_fusable({&parameter, &gradient, &m, &v})
                                                 : is_fusable({&parameter, &gradient, &m, &v, peak});
            if (!fusable) {
                adam_by_operators(parameter, gradient, m, v, peak, step, options);
                continue;
            }
            mark_written({&parameter, &m, &v});
            if (peak != nullptr) {
                mark_written({peak});
            }
            parameter.scalar_type() == at::kFloat ? adam_fused<float>(parameter, gradient, m, v, peak, step, options)
                                                  : adam_fused<double>(parameter, gradient, m, v, peak, step, options);
        }
    });
}

// `momentum_buffers` is null without momentum. Where `fresh` is not 0 the buffer is new and all zeros. A buffer
// may be null where the parameter has no gradient.
LT_API int lt_sgd_step(const Tensor* parameters, const Tensor* momentum_buffers, const uint8_t* fresh,
                       int64_t count, double lr, double momentum, double dampening, double weight_decay,
                       int nesterov, int maximize) {
    return shim::guarded([&] {
        torch::NoGradGuard no_grad;
        const SgdOptions options{lr, momentum, dampening, weight_decay, nesterov != 0, maximize != 0};
        for (int64_t i = 0; i < count; i++) {
            const auto& parameter = *parameters[i];
            if (!parameter.grad().defined()) {
                continue;
            }
            const auto gradient = in_order_of(parameter, parameter.grad());
            auto* buffer = momentum_buffers == nullptr ? nullptr : momentum_buffers[i];
            const bool is_fresh = buffer != nullptr && fresh[i] != 0;
            const bool fusable = buffer == nullptr ? is_fusable({&parameter, &gradient})
                                                   : is_fusable({&parameter, &gradient, buffer});
            if (!fusable) {
                sgd_by_operators(parameter, gradient, buffer, is_fresh, options);
                continue;
            }
            mark_written({&parameter});
            if (buffer != nullptr) {
                mark_written({buffer});
            }
            parameter.scalar_type() == at::kFloat ? sgd_fused<float>(parameter, gradient, buffer, is_fresh, options)
                                                  : sgd_fused<double>(parameter, gradient, buffer, is_fresh, options);
        }
    });
}

// Zeros for a state: they lie in memory as the parameter does, which is what the fast path takes.
LT_API int lt_optimizer_zeros(Tensor parameter, Tensor* result) {
    return shim::guarded([&] {
        torch::NoGradGuard no_grad;
        *result = shim::own(torch::zeros_like(*parameter));
    });
}

// present[i] is 1 where the parameter has a gradient.
LT_API int lt_optimizer_gradients(const Tensor* parameters, int64_t count, uint8_t* present) {
    return shim::guarded([&] {
        for (int64_t i = 0; i < count; i++) {
            present[i] = parameters[i]->grad().defined();
        }
    });
}

// A parameter without a gradient stays without one.
LT_API int lt_optimizer_zero_grad(const Tensor* parameters, int64_t count) {
    return shim::guarded([&] {
        torch::NoGradGuard no_grad;
        for (int64_t i = 0; i < count; i++) {
            auto gradient = parameters[i]->grad();
            if (gradient.defined()) {
                gradient.zero_();
            }
        }
    });
}
