"""Cases of torch.nn.functional and of the losses. The names are those of the cases in C#."""

import torch
import torch.nn.functional as F
from torch import nn

from parity_values import BOTH, Table, listed, positive, signed, whole

CASES = Table()
add = CASES.add

add("linear", F.linear, BOTH, input=signed(2, 3), weight=signed(4, 3, phase=1), bias=signed(4, phase=2))
add("linear without bias", F.linear, input=signed(2, 3, 3), weight=signed(2, 3, phase=1))


# ---- convolutions. A batch of one and larger batches take different ways through the shim, as does one channel.

def conv(name, batch, channels, outputs, kernel, bias=True, dtypes=(torch.float64,), **options):
    shapes = {"input": signed(*batch, *channels), "weight": signed(outputs, channels[0] // options.get("groups", 1),
                                                                  *kernel, phase=1)}
    if bias:
        shapes["bias"] = signed(outputs, phase=2)
    add(name, lambda **given: F.conv2d(**given, **options), dtypes, **shapes)


conv("conv2d", [2], [3, 4, 5], 4, [3, 3], dtypes=BOTH)
conv("conv2d of one image", [1], [3, 4, 5], 4, [3, 3])
conv("conv2d of one channel", [3], [1, 5, 4], 2, [3, 3], dtypes=BOTH)
conv("conv2d of an image without batch", [], [2, 4, 5], 3, [3, 3])
conv("conv2d with stride and padding", [2], [2, 5, 6], 3, [3, 2], stride=(2, 3), padding=(1, 2))
conv("conv2d with dilation", [2], [2, 5, 6], 2, [2, 2], dilation=(3, 2))
conv("conv2d in groups", [2], [4, 4, 3], 6, [2, 2], groups=2)
conv("conv2d by channel", [2], [3, 3, 4], 3, [2, 2], groups=3, bias=False)
conv("conv2d without bias", [2], [2, 3, 4], 3, [2, 2], bias=False)
add("conv2d and what follows it",
    lambda input, weight: [(made := F.conv2d(input, weight)).reshape(2, -1), made.flatten(1),
                           made.sum([2, 3]), made.permute(1, 0, 2, 3)[1], F.max_pool2d(made, 2).flatten(1), made.exp()],
    input=signed(2, 2, 4, 5), weight=signed(3, 2, 3, 3, phase=1))
add("conv2d of a transpose", lambda input, weight: F.conv2d(input.transpose(2, 3), weight),
    input=signed(2, 1, 4, 5), weight=signed(2, 1, 2, 3, phase=1))
add("conv2d of a part of a batch", lambda input, weight: F.conv2d(input[1:], weight),
    input=signed(3, 1, 4, 3),
    weight=signed(2, 1, 2, 2))


# ---- normalisation

def batch_norm(training, affine=True, statistics=True, momentum=0.1, eps=1e-5):
    def run(input, weight=None, bias=None, mean=None, variance=None):
        # Copies: the running statistics are changed in place.
        mean, variance = (mean.detach().clone(), variance.detach().clone()) if statistics else (None, None)
        made = F.batch_norm(input, mean, variance, weight, bias, training, momentum, eps)
        return [made, mean, variance] if statistics else made

    inputs = {"input": signed(3, 2, 2, 3)}
    if affine:
        inputs |= {"weight": positive(2), "bias": signed(2)}
    if statistics:
        inputs |= {"mean": signed(2, phase=1), "variance": positive(2, phase=1)}
    return run, inputs


def add_batch_norm(name, dtypes, *settings, **named):
    run, inputs = batch_norm(*settings, **named)
    add(name, run, dtypes, **inputs)


add_batch_norm("batch_norm in training", BOTH, True)
add_batch_norm("batch_norm in use", BOTH, False)
add_batch_norm("batch_norm with settings", (torch.float64,), True, momentum=0.3, eps=1e-2)
add_batch_norm("batch_norm of nothing but the batch", (torch.float64,), True, affine=False, statistics=False)

# ---- activations

add("functional activations", lambda x: [F.relu(x), torch.sigmoid(x), torch.tanh(x)], BOTH, x=signed(2, 3))
add("functional activations in place", lambda x: [F.relu_(x.clone()), torch.tanh_(x.clone())], x=signed(2, 3))
add("functional softmax", lambda x: [F.softmax(x, 1), F.softmax(x, 0, dtype=torch.float64), F.log_softmax(x, 1)], BOTH,
    x=signed(3, 4))
add("dropout without chance",
    lambda x: [F.dropout(x, 0.0), F.dropout(x, 1.0), F.dropout(x, 0.5, training=False),
               F.dropout(x.clone(), 1.0, inplace=True)], x=signed(2, 3))

# ---- pooling

IMAGES = signed(2, 2, 5, 4)
add("max_pool2d", lambda x: F.max_pool2d(x, 2), BOTH, x=IMAGES)
add("max_pool2d with settings", lambda x: F.max_pool2d(x, 2, 3, 1, 2), x=IMAGES)
add("max_pool2d with a ceiling", lambda x: F.max_pool2d(x, 2, ceil_mode=True), x=signed(1, 3, 5, 3))
add("max_pool2d of two sizes", lambda x: F.max_pool2d(x, (3, 2), (2, 1), (1, 0), (1, 2)), x=IMAGES)
add("max_pool2d with its own stride", lambda x: F.max_pool2d(x, (3, 2), ceil_mode=True), x=signed(1, 2, 4, 5))
add("avg_pool2d", lambda x: F.avg_pool2d(x, (2, 3)), BOTH, x=IMAGES)
add("avg_pool2d with settings", lambda x: F.avg_pool2d(x, (3, 2), (2, 1), (1, 0), True, False), x=IMAGES)
add("avg_pool2d with padding counted", lambda x: F.avg_pool2d(x, (3, 2), (2, 2), (1, 1)), x=signed(1, 2, 4, 5))
add("avg_pool2d with a divisor", lambda x: F.avg_pool2d(x, (2, 2), divisor_override=3), x=signed(1, 2, 4, 5))
add("adaptive_avg_pool2d", lambda x: [F.adaptive_avg_pool2d(x, (2, 3)), F.adaptive_avg_pool2d(x, 1)], BOTH, x=IMAGES)
add("adaptive_max_pool2d", lambda x: F.adaptive_max_pool2d(x, (2, 3)), BOTH, x=IMAGES)

# ---- losses

LOGITS, CLASSES = signed(4, 3), whole(4, modulus=3, low=0)
WEIGHT = {"weight": positive(3)}


def losses(run):
    return lambda **given: [run(reduction=reduction, **given) for reduction in ["mean", "sum", "none"]]


add("cross_entropy", losses(F.cross_entropy), BOTH, input=LOGITS, target=CLASSES)
add("cross_entropy with weights", lambda input, target, weight: losses(F.cross_entropy)(
    input=input, target=target, weight=weight.detach()), BOTH, input=LOGITS, target=CLASSES, **WEIGHT)
add("cross_entropy without a class", lambda input, target: F.cross_entropy(input, target, ignore_index=2), input=LOGITS,
    target=CLASSES)
add("cross_entropy with smoothing", lambda input, target, weight: [
    F.cross_entropy(input, target, label_smoothing=0.1),
    F.cross_entropy(input, target, weight.detach(), ignore_index=2, label_smoothing=0.3)], BOTH, input=LOGITS,
    target=CLASSES, **WEIGHT)
add("cross_entropy with probabilities", lambda input, target, weight: [
    F.cross_entropy(input, target.softmax(1)),
    F.cross_entropy(input, target.softmax(1), weight.detach(), reduction="sum"),
    F.cross_entropy(input, target.softmax(1), label_smoothing=0.2)], BOTH, input=LOGITS, target=signed(4, 3, phase=1),
    **WEIGHT)
add("cross_entropy of images", F.cross_entropy, input=signed(2, 3, 2, 2), target=whole(2, 2, 2, modulus=3, low=0))
add("nll_loss", lambda input, target: losses(F.nll_loss)(input=input.log_softmax(1), target=target), BOTH, input=LOGITS,
    target=CLASSES)
add("nll_loss with weights", lambda input, target, weight: losses(F.nll_loss)(
    input=input.log_softmax(1), target=target, weight=weight.detach()), input=LOGITS, target=CLASSES, **WEIGHT)
add("mse_loss", lambda input, target: losses(F.mse_loss)(input=input, target=target), BOTH, input=LOGITS,
    target=signed(4, 3, phase=1))
add("CrossEntropyLoss", lambda input, target, weight: [
    nn.CrossEntropyLoss()(input, target), nn.CrossEntropyLoss(reduction="sum")(input, target),
    nn.CrossEntropyLoss(weight.detach(), ignore_index=1, reduction="none")(input, target),
    nn.CrossEntropyLoss(label_smoothing=0.1)(input, target)], BOTH, input=LOGITS, target=CLASSES, **WEIGHT)
add("NLLLoss", lambda input, target, weight: [
    nn.NLLLoss()(input.log_softmax(1), target),
    nn.NLLLoss(weight.detach(), reduction="sum")(input.log_softmax(1), target)], BOTH, input=LOGITS, target=CLASSES,
    **WEIGHT)

# ---- sampling

THETA = listed([[[0.9, -0.2, 0.13], [0.25, 1.1, -0.21]], [[0.7, 0.31, 0.02], [-0.4, 0.8, 0.17]]])
add("affine_grid", lambda x: [F.affine_grid(x, [2, 1, 3, 4], align_corners=False),
                              F.affine_grid(x, [2, 5, 2, 3], align_corners=True)], BOTH, x=THETA)
for mode in ["bilinear", "nearest"]:
    for padding in ["zeros", "border", "reflection"]:
        for corners in [False, True]:
            add(f"grid_sample {mode} {padding} {'with' if corners else 'without'} corners",
                lambda x, grid, given=(mode, padding, corners): F.grid_sample(x, grid, *given),
                BOTH if (mode, padding) == ("bilinear", "zeros") else (torch.float64,),
                x=signed(2, 2, 3, 4), grid=signed(2, 2, 3, 2, phase=1))
add("grid_sample as it is by default", lambda x, grid: F.grid_sample(x, grid, align_corners=False),
    x=signed(1, 1, 3, 4), grid=signed(1, 2, 3, 2, phase=1))
add("affine images", lambda x, images: F.grid_sample(images, F.affine_grid(x, [2, 1, 3, 4], align_corners=False),
                                                     align_corners=False), BOTH, x=THETA, images=signed(2, 1, 3, 4))
add("one_hot", lambda x: [F.one_hot(x), F.one_hot(x, 9)], x=whole(2, 3, low=0))
