"""Cases of torch.Tensor, and of what torch makes of tensors. The names are those of the cases in C#."""

import torch

from parity_values import BOTH, Table, flags, listed, positive, real_whole, signed, whole

CASES = Table()
add = CASES.add
NAN, INF = float("nan"), float("inf")


def after(tensor, change):
    """What a change in place leaves."""
    change(tensor)
    return tensor


# ---- one operand

for name in ["abs", "alias", "cos", "exp", "floor", "neg", "relu", "sigmoid", "sin", "square", "tanh"]:
    add(name, lambda x, name=name: torch.ops.aten.alias(x) if name == "alias" else getattr(x, name)(), BOTH,
        x=signed(2, 3))
for name in ["log", "rsqrt", "sqrt"]:
    add(name, lambda x, name=name: getattr(x, name)(), BOTH, x=positive(2, 3))
for name in ["relu_", "sigmoid_", "tanh_", "zero_"]:
    add(name, lambda x, name=name: getattr(x.clone(), name)(), x=signed(2, 3))
add("sqrt_", lambda x: x.clone().sqrt_(), x=positive(2, 3))
add("unary minus", lambda x: -x, x=signed(2, 3))
add("exp of a transpose", lambda x: x.t().exp(), x=signed(3, 4))
add("abs of every other column", lambda x: x[:, ::2].abs(), x=signed(3, 5))
add("relu_ through a view", lambda x: after(x.clone(), lambda y: y[1].relu_()), x=signed(3, 4))

# ---- two operands

add("add", lambda x, y: x.add(y), BOTH, x=signed(2, 3), y=signed(3, phase=1))
add("add with alpha", lambda x, y: x.add(y, alpha=-0.75), x=signed(2, 3), y=signed(3, phase=1))
add("add a number", lambda x: x.add(1.5), x=signed(2, 3))
add("add_", lambda x, y: x.clone().add_(y), x=signed(2, 3), y=signed(3, phase=1))
add("add_ with alpha", lambda x, y: x.clone().add_(y, alpha=3), x=signed(2, 3), y=signed(2, 1, phase=1))
add("add_ a number", lambda x: x.clone().add_(2), x=signed(2, 3))
add("sub", lambda x, y: x.sub(y), BOTH, x=signed(2, 3), y=signed(2, 1, phase=1))
add("sub a number", lambda x: x.sub(0.3), x=signed(2, 3))
add("sub_", lambda x, y: x.clone().sub_(y), x=signed(2, 3), y=signed(3, phase=1))
add("sub_ a number", lambda x: x.clone().sub_(7), x=signed(2, 3))
add("mul", lambda x, y: x.mul(y), BOTH, x=signed(2, 1, 3), y=signed(4, 1, phase=1))
add("mul by a number", lambda x: x.mul(-2.5), x=signed(2, 3))
add("mul_", lambda x, y: x.clone().mul_(y), x=signed(2, 3), y=signed(3, phase=1))
add("mul_ by a number", lambda x: x.clone().mul_(3), x=signed(2, 3))
add("div", lambda x, y: x.div(y), BOTH, x=signed(2, 3), y=positive(3))
add("div by a number", lambda x: x.div(3), x=signed(2, 3))
add("div_", lambda x, y: x.clone().div_(y), x=signed(2, 3), y=positive(2, 1))
add("div_ by a number", lambda x: x.clone().div_(0.7), x=signed(2, 3))
add("pow", lambda x, y: x.pow(y), BOTH, x=positive(2, 3), y=signed(3))
add("pow 3", lambda x: x.pow(3), x=signed(2, 3))
add("pow -0.5", lambda x: x.pow(-0.5), x=positive(2, 3))
add("maximum", lambda x, y: x.maximum(y), x=signed(2, 3), y=signed(3, phase=1))
add("minimum", lambda x, y: x.minimum(y), x=signed(2, 3), y=signed(3, phase=1))
add("mm", lambda x, y: x.mm(y), BOTH, x=signed(3, 5), y=signed(5, 2, phase=1))
add("matmul", lambda x, y: x.matmul(y), BOTH, x=signed(2, 3, 4), y=signed(4, 5, phase=1))
add("matmul of batches", lambda x, y: torch.matmul(x, y), x=signed(2, 3, 4), y=signed(2, 4, 2, phase=1))
add("matmul of vectors", lambda x, y: x.matmul(y), x=signed(4), y=signed(4, phase=1))
add("matmul of a transpose", lambda x, y: x.t().matmul(y), x=signed(4, 3), y=signed(4, 2, phase=1))
add("lerp_", lambda x, y, z: x.clone().lerp_(y, z), x=signed(2, 3), y=signed(2, 3, phase=1), z=positive(2, 3))
add("clamp", lambda x: x.clamp(-0.5, 1.25), BOTH, x=signed(2, 5))
add("clamp from below", lambda x: x.clamp(min=-0.5), x=signed(2, 5))
add("clamp from above", lambda x: x.clamp(max=1), x=signed(2, 5))
add("clamp_", lambda x: x.clone().clamp_(-0.5, 1.25), x=signed(2, 5))
add("clamp_ from below", lambda x: x.clone().clamp_(min=0), x=signed(2, 5))
add("clamp_ from above", lambda x: x.clone().clamp_(max=0.5), x=signed(2, 5))
add("fill_", lambda x: x.clone().fill_(0.1), BOTH, x=signed(2, 3))
add("copy_", lambda x, y: x.clone().copy_(y), x=signed(2, 3), y=signed(3, phase=1))
add("copy_ of whole numbers", lambda x, y: x.clone().copy_(y), x=signed(2, 3), y=whole(2, 3))
add("operators", lambda x, y: [x + y, x - y, x * y, x / y], BOTH, x=signed(2, 3), y=positive(3))
add("a number on the right", lambda x: [x + 2, x - 2, x * 2, x / 2, x - 0.5], x=signed(2, 3))
add("a number on the left", lambda x: [2 + x, 1 - x, 2.5 * x, 1 / x, 0.5 - x], BOTH, x=positive(2, 3))

# ---- element types that meet

for kind, dtype, low in [("uint8", torch.uint8, 0), ("int8", torch.int8, -3), ("int16", torch.int16, -3),
                         ("int32", torch.int32, -3), ("int64", torch.int64, -3)]:
    add(f"{kind} arithmetic",
        lambda x: [x + 1, x - 1, x * 2, 1 - x, x / 2, 1 / (x * x + 1), x + 0.5, x * x, x / x.max()],
        x=whole(2, 3, dtype=dtype, low=low))
add("whole numbers stay whole",
    lambda x: [x.abs(), x.neg(), x.relu(), x.square(), x.pow(2), x.clamp(-1, 2), x.clone().add_(3), x.clone().mul_(2),
               x.max(), x.clone().fill_(2)],
    x=whole(2, 4))
add("uint8 wraps around", lambda x: [x + 250, x * 100, 0 - x], x=whole(5, dtype=torch.uint8, low=0))
add("truth values add up", lambda x: [x.sum(), x + x, x * 2, x.to(torch.float32).mean()], x=flags(2, 4))
add("float32 meets a number", lambda x: [x + 0.1, x * 3, 1 - x], x=listed([0.5, 1.5, -2.25], torch.float32))
add("float32 meets float64", lambda x, y: x * y, x=listed([0.5, 1.5, -2.25], torch.float32), y=signed(3))
add("int64 meets float32", lambda x, y: x + y, x=whole(3), y=listed([0.5, 1.5, -2.25], torch.float32))
add("int32 meets int64", lambda x, y: x * y, x=whole(3, dtype=torch.int32), y=whole(3, step=3))

# ---- comparison

for name in ["eq", "ne", "lt", "le", "gt", "ge"]:
    add(name, lambda x, y, name=name: [getattr(x, name)(y), getattr(x, name)(1), getattr(x, name)(-0.5)],
        x=real_whole(3, 4), y=real_whole(4, step=3))
    add(f"{name} of whole numbers", lambda x, y, name=name: [getattr(x, name)(y), getattr(x, name)(1)],
        x=whole(3, 4), y=whole(4, step=3))
add("isnan and isfinite", lambda x: [x.isnan(), x.isfinite()], BOTH, x=listed([0.5, NAN, INF, -INF, -1.5]))
add("all and any", lambda x, y: [x.all(), x.any(), y.all(), (y == 9).any()], x=flags(2, 4), y=whole(4, low=1))
add("logic", lambda x, y: [x.logical_not(), x.logical_and(y), x.logical_or(y)], x=flags(2, 4), y=whole(4, low=0))
add("allclose", lambda x: torch.tensor([x.allclose(x + 1e-9), x.allclose(x + 0.1), torch.allclose(x, x * 1.01, 0.02)]),
    x=positive(4))

# ---- views, and copies of another shape

SHAPES = {
    "clone": lambda x: x.clone(), "detach": lambda x: x.detach(),
    "contiguous": lambda x: x.permute(2, 0, 1).contiguous(),
    "t": lambda x: [x[0].t(), x[0].T], "view": lambda x: x.view(3, -1),
    "reshape": lambda x: x.transpose(0, 2).reshape(6, 4),
    "expand": lambda x: x[:, :1].expand(5, 2, -1, 4), "repeat": lambda x: x[0].repeat(2, 1, 3),
    "permute": lambda x: x.permute(1, 2, 0), "flip": lambda x: x.flip(0, 2),
    "flatten": lambda x: [x.flatten(), x.flatten(1), x.flatten(0, 1), x.flatten(-2, -1)],
    "transpose": lambda x: x.transpose(0, -1),
    "squeeze": lambda x: [x[:, :1].squeeze(), x[:1, :1].squeeze(1), x.squeeze(0)],
    "unsqueeze": lambda x: [x.unsqueeze(1), x.unsqueeze(-1)], "narrow": lambda x: x.narrow(2, 1, 2),
    "select": lambda x: [x.select(1, 2), x.select(-1, -1)], "slice": lambda x: x[:, :, 1:4:2],
    "cpu": lambda x: x.cpu(),
    "view of a view": lambda x: x.permute(2, 0, 1)[1:, :, ::2].transpose(1, 2) * 2,
}
for name, run in SHAPES.items():
    add(name, run, x=signed(2, 3, 4))
add("index_select", lambda x, y: x.index_select(1, y), x=signed(2, 4), y=listed([3, 0, 3], torch.int64))
add("gather", lambda x, y: x.gather(1, y), x=signed(3, 4), y=whole(3, 2, modulus=4, low=0))
add("masked_fill", lambda x, y: x.masked_fill(y, -7.5), x=signed(2, 4), y=flags(2, 4))
add("masked_select", lambda x, y: x.masked_select(y), x=signed(2, 4), y=flags(2, 4))
add("set_", lambda x, y: x.detach().clone().set_(y.detach()), x=signed(2, 3), y=signed(4, phase=1))
add("to", lambda x: [x.to(torch.float32), x.to(torch.float64), x.to("cpu"), x.to("cpu", torch.float32), x.float()],
    BOTH, x=signed(2, 3))
add("conversions", lambda x: [x.to(dtype) for dtype in [torch.int64, torch.int32, torch.int16, torch.int8, torch.bool,
                                                         torch.float16, torch.float32]], x=signed(2, 3))
add("conversion to uint8", lambda x: x.to(torch.uint8), x=positive(2, 3))
add("cat", lambda x, y: [torch.cat([x, y]), torch.cat([x, x], -1)], BOTH, x=signed(2, 3), y=signed(1, 3, phase=1))
add("cat of two types", lambda x, y: torch.cat([x, y]), x=signed(2, 3), y=whole(1, 3))
add("stack", lambda x, y: [torch.stack([x, y]), torch.stack([x, y], -1)], x=signed(2, 3), y=signed(2, 3, phase=1))
add("where", lambda x, y, z: torch.where(z, x, y), BOTH, x=signed(2, 4), y=signed(4, phase=1), z=flags(2, 4))

# ---- indexing

INDICES = {
    "a number": lambda x: [x[1], x[-1]], "two numbers": lambda x: [x[0, 2], x[1, -1]],
    "three numbers": lambda x: [x[1, 2, 3], x[-1, -2, -3]], "colon": lambda x: x[:, 1],
    "slices": lambda x: x[0:1, 1:3], "slice with a step": lambda x: x[:, :, ::3],
    "slice from the end": lambda x: x[:, -2:, :-1], "slice past the end": lambda x: x[:, 1:99],
    "slice to nothing": lambda x: x[2:],
    "ellipsis": lambda x: [x[..., 1], x[0, ..., 2], x[...]], "none": lambda x: [x[None], x[:, None, 1]],
    "everything": lambda x: x[1, ..., None, 1:4:2], "index": lambda x: x[:, 2, 1:],
    "of a transpose": lambda x: x.transpose(0, 2)[1:, -1],
}
for name, run in INDICES.items():
    add(f"index: {name}", run, x=signed(2, 3, 4))


def put(*index):
    def run(x, y):
        changed = x.clone()
        changed[index] = y
        return changed

    return run


add("put: a number", put(-1), x=signed(2, 3, 4), y=signed(3, 4, phase=1))
add("put: two numbers", put(1, -2), x=signed(2, 3, 4), y=signed(4, phase=1))
add("put: slices", put(slice(None), slice(1, 3), slice(None, None, 3)), x=signed(2, 3, 4), y=signed(2, 1, phase=1))
add("put: ellipsis", put(..., 2), x=signed(2, 3, 4), y=signed(3, phase=1))

# ---- reductions

add("sum", lambda x: [x.sum(), x.sum(1), x.sum(-1, keepdim=True), x.sum([0, 2]), x.sum([0, -1], keepdim=True)], BOTH,
    x=signed(2, 3, 4))
add("sum as another type",
    lambda x: [x.sum(dtype=torch.float64), x.sum(0, dtype=torch.float64), x.sum([1], dtype=torch.float64)], BOTH,
    x=signed(2, 3))
add("sum of whole numbers", lambda x: [x.sum(), x.sum(1), x.sum(dtype=torch.float32)], x=whole(2, 3, dtype=torch.int32))
add("sum of a transpose", lambda x: x.permute(2, 0, 1).sum([1]), x=signed(2, 3, 4))
add("mean", lambda x: [x.mean(), x.mean([1]), x.mean([0, 2], keepdim=True)], BOTH, x=signed(2, 3, 4))
add("mean as another type", lambda x: x.mean([0], dtype=torch.float64), x=whole(2, 3))
add("var", lambda x: [x.var(), x.var(unbiased=False)], BOTH, x=signed(3, 4))
add("std", lambda x: [x.std(), x.std(unbiased=False)], BOTH, x=signed(3, 4))
add("max and min", lambda x: [x.max(), x.min()], x=signed(3, 4))
add("max along", lambda x: [*x.max(1), *x.max(-2, keepdim=True)], BOTH, x=signed(2, 3, 4))
add("min along", lambda x: [*x.min(1), *x.min(-2, keepdim=True)], x=signed(2, 3, 4))
add("topk", lambda x: [*x.topk(3), *x.topk(2, 0), *x.topk(2, 1, largest=False)], BOTH, x=signed(3, 5))
add("argmax", lambda x: [x.argmax(), x.argmax(0), x.argmax(-1, keepdim=True)], x=signed(3, 5))
add("argmin", lambda x: [x.argmin(), x.argmin(0), x.argmin(-1, keepdim=True)], x=signed(3, 5))
add("norm", lambda x: [x.norm(), x.norm(1), x.norm(3), x.norm(INF)], BOTH, x=signed(3, 4))
add("softmax", lambda x: [x.softmax(-1), x.softmax(0), x.softmax(1, dtype=torch.float64)], BOTH, x=signed(3, 5))
add("log_softmax", lambda x: [x.log_softmax(-1), x.log_softmax(0), x.log_softmax(1, dtype=torch.float64)], BOTH,
    x=signed(3, 5))

# ---- gradients by hand


def grad_of_grad(x):
    copy = x.detach().requires_grad_()
    first, = torch.autograd.grad((copy ** 3).sum(), copy, create_graph=True)
    second, = torch.autograd.grad(first, copy, torch.ones_like(first))
    return [first.detach(), second]


def backward_twice(x):
    copy = x.detach().requires_grad_()
    total = (copy.sin() * copy).sum()
    total.backward(retain_graph=True)
    once = copy.grad.clone()
    total.backward()
    return [once, copy.grad]


def retained(x):
    copy = x.detach().requires_grad_()
    middle = copy.exp()
    middle.retain_grad()
    (middle * middle).sum().backward()
    return [middle.grad, copy.grad]


def chosen_leaf(x):
    first, second = x.detach().requires_grad_(), x.detach().requires_grad_()
    (first * second.square()).backward(torch.full_like(x, 0.5), inputs=[second])
    assert first.grad is None
    return second.grad


def parameter_gradient(x):
    parameter = torch.nn.Parameter(x.detach())
    (parameter * parameter).sum().backward()
    return [parameter.detach(), parameter.grad]


add("autograd.grad of a gradient", grad_of_grad, BOTH, x=signed(2, 3))
add("backward twice", backward_twice, BOTH, x=signed(2, 3))
add("gradient of a non-leaf", retained, x=signed(2, 3))
add("gradient of a chosen leaf", chosen_leaf, x=signed(2, 3))
add("gradient of a parameter", parameter_gradient, x=signed(2, 3))
